import type { ContainerRuntimeClient } from "testcontainers";
import { isGone, parseOwner } from "../owner.ts";

/** Whose container it is, for the runs that come after. */
export const ownerLabel = "switchback.owner";
/** Which start it belongs to, for whoever gives it up before it is there. */
export const startLabel = "switchback.start";

/** Removes containers of runs that were killed. What cannot be removed is another's to remove. */
export async function sweepContainers(client: ContainerRuntimeClient): Promise<void> {
  await removeLabelled(client, ownerLabel, (owner) => {
    const known = parseOwner(owner);
    return known !== undefined && isGone(known) === true;
  });
}

export async function removeStarted(client: ContainerRuntimeClient, start: string): Promise<void> {
  await removeLabelled(client, `${startLabel}=${start}`, () => true);
}

async function removeLabelled(
  client: ContainerRuntimeClient,
  label: string,
  isOurs: (owner: string | undefined) => boolean,
): Promise<void> {
  const { dockerode } = client.container;
  const list = await dockerode.listContainers({ all: true, filters: { label: [label] } }).catch(() => []);
  for (const { Id, Labels } of list) {
    if (isOurs(Labels[ownerLabel]))
      await dockerode
        .getContainer(Id)
        .remove({ force: true, v: true })
        .catch(() => {});
  }
}
