import type { ContainerRuntimeClient } from "testcontainers";
import type { PullProgress } from "./pull-progress.ts";

/** A line of what the daemon says while it pulls. */
interface PullLine {
  readonly id?: string;
  readonly status?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

/** Fetches an image that is not there yet. Rejects with the daemon's words, and with the signal's reason at once. */
export async function pullImage(
  client: ContainerRuntimeClient,
  image: string,
  onPull: ((progress: PullProgress) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { getAuthConfig, ImageName } = await import("./testcontainers.ts");
  const name = ImageName.fromString(image);
  if (await client.image.exists(name)) return;
  const authconfig = await getAuthConfig(name.registry ?? client.info.containerRuntime.indexServerAddress);
  // The daemon ends a pull that nobody listens to.
  const abortSignal = signal ? { abortSignal: signal } : {};
  try {
    await follow(
      await client.container.dockerode.pull(name.string, { authconfig, ...abortSignal }),
      image,
      onPull,
    );
  } finally {
    signal?.throwIfAborted();
  }
}

async function follow(
  stream: NodeJS.ReadableStream,
  image: string,
  onPull: ((progress: PullProgress) => void) | undefined,
): Promise<void> {
  const layers = new Map<string, { readonly done: number; readonly total: number }>();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.filter((it) => it.trim() !== "")) {
      const { id, status, error, progressDetail } = JSON.parse(line) as PullLine;
      if (error !== undefined) throw new Error(error);
      if (id === undefined || !progressDetail?.total || status !== "Downloading") continue;
      layers.set(id, { done: progressDetail.current ?? 0, total: progressDetail.total });
      const sum = (key: "done" | "total") => [...layers.values()].reduce((all, layer) => all + layer[key], 0);
      onPull?.({ image, done: sum("done"), total: sum("total") });
    }
  }
}
