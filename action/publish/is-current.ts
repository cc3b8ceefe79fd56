import { info } from "@actions/core";
import type { PullOccasion } from "../event.ts";
import type { Client } from "../github/client.ts";
import { pullNow } from "../github/pulls.ts";

/**
 * An older run that ends last, or is started again, must not speak over what the newer one said. After the merge the base
 * has all that the pull request brought, so a run would see no change and call it well.
 */
export async function isCurrent(client: Client, { number, head }: PullOccasion): Promise<boolean> {
  const reply = await pullNow(client, number);
  if (!reply.ok || !reply.value) return true;
  const { headRefOid, state } = reply.value;
  if (state === "OPEN" && headRefOid === head.sha) return true;
  const why = state === "OPEN" ? `has moved on to ${headRefOid.slice(0, 7)}` : `is ${state.toLowerCase()}`;
  info(`The pull request ${why}, so this run leaves its comment alone.`);
  return false;
}
