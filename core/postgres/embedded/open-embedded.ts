import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Engine, EngineUnavailableError } from "../session.ts";
import { clusterTemplate, copyCluster, NoRoomError } from "./cluster.ts";
import { embeddedBaselines } from "./embedded-baselines.ts";
import { EmbeddedServer } from "./embedded-server.ts";
import { serverIdentities } from "./identity.ts";
import { type Installation, packagedInstallations, systemInstallations } from "./installation.ts";
import { createRunFolder, sweepRunFolders } from "./run-folder.ts";
import { makeRunnable, type RunnableInstallation } from "./runnable.ts";
import { sweepCache } from "./sweep-cache.ts";
import { cacheFolder } from "./working-folder.ts";

export interface EmbeddedOptions {
  /** The wanted major version: 15, 16, 17, 18. */
  readonly major: number;
  /** Where the user's `node_modules` are looked for; absent: the working folder of the process. */
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

/** Starts real PostgreSQL from binaries on this machine. Rejects with `EngineUnavailableError`. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  const { signal } = options;
  const { installation, cache } = await findRunnable(options);
  await sweepRunFolders(installation.identity);
  await sweepCache(cache);
  const template = clusterTemplate(installation, cache);
  try {
    return await start(installation, template, signal);
  } catch (error) {
    if (!(error instanceof EngineUnavailableError) || error instanceof NoRoomError) throw error;
    // The template may be damaged inside its files: once more with a new one.
    rmSync(template, { recursive: true, force: true });
    return start(installation, template, signal);
  }
}

/** Installations of a major version. Those of npm packages come first: a project pins them. */
export async function findInstallations(major: number, cwd = process.cwd()): Promise<Installation[]> {
  const packaged = packagedInstallations([cwd, dirname(fileURLToPath(import.meta.url))]);
  const wanted = packaged.filter((found) => found.major === major);
  if (wanted.length > 0) return wanted;
  return (await systemInstallations()).filter((found) => found.major === major);
}

async function start(
  installation: RunnableInstallation,
  template: string,
  signal: AbortSignal | undefined,
): Promise<Engine> {
  signal?.throwIfAborted();
  const run = createRunFolder(installation.identity);
  let server: EmbeddedServer | undefined;
  try {
    const { data } = await copyCluster(installation, template, run, signal);
    server = new EmbeddedServer(installation, run, data);
    const running = server;
    const databases = await server.databases(signal);
    signal?.throwIfAborted();
    return {
      name: "embedded",
      postgres: databases.postgres,
      major: databases.major,
      sessions: 20,
      processors: availableParallelism(),
      createDatabase: () => databases.create(),
      baselines: embeddedBaselines(server, databases, { template, installation }, signal),
      address: () => running.address,
      stop: async () => {
        await running.stop();
        await databases.hangUp();
      },
    };
  } catch (error) {
    await server?.stop();
    rmSync(run, { recursive: true, force: true });
    throw error;
  }
}

async function findRunnable({
  major,
  cwd,
}: EmbeddedOptions): Promise<{ installation: RunnableInstallation; cache: string }> {
  const complaints: string[] = [];
  for (const installation of await findInstallations(major, cwd)) {
    for (const identity of serverIdentities()) {
      try {
        const cache = cacheFolder(identity);
        return { installation: await makeRunnable(installation, identity, cache), cache };
      } catch (error) {
        if (!(error instanceof EngineUnavailableError)) throw error;
        complaints.push(error.message);
      }
    }
  }
  throw new EngineUnavailableError(complaints[0] ?? `PostgreSQL ${major} is not installed for this project`);
}
