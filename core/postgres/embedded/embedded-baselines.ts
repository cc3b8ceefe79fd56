import { basename, dirname, join } from "node:path";
import { type Baselines, EngineUnavailableError } from "../session.ts";
import type { ScratchDatabases } from "../wire/scratch-databases.ts";
import type { EmbeddedServer } from "./embedded-server.ts";
import { KeptClusters } from "./kept-clusters.ts";
import type { RunnableInstallation } from "./runnable.ts";

/**
 * Keeps the whole data folder: rows of a database mean nothing without the transactions of their cluster, and
 * migrations make roles too. A kept one takes the place of the fresh one that the server was started on.
 */
export function embeddedBaselines(
  server: EmbeddedServer,
  databases: ScratchDatabases,
  place: { readonly template: string; readonly installation: RunnableInstallation },
  signal: AbortSignal | undefined,
): Baselines {
  const cache = dirname(dirname(place.template));
  const clusters = new KeptClusters(join(cache, "baselines"), place.installation);
  // Of a cluster that was initialised otherwise nothing is taken.
  const nameOf = (key: string) => `${basename(place.template)}-${key}`;
  return {
    // A copy of the folder, and the server's start.
    loadMs: 300,
    async load(key) {
      const next = join(server.folders.run, "data.next");
      const found = await clusters.take(nameOf(key), next, signal);
      if (!found) return undefined;
      if (!(await server.replaceData(next))) {
        signal?.throwIfAborted();
        clusters.forget(nameOf(key));
        throw new EngineUnavailableError(
          "the server does not start on a baseline that was kept: it is removed now, try again",
        );
      }
      return { database: databases.adopt(found.database), note: found.note };
    },
    async save(key, { database, note }) {
      // After it the files hold all that was committed, and nobody writes until the next script.
      await databases.administer("CHECKPOINT");
      await clusters.put(nameOf(key), server.folders.data, { database: database.name, note }, signal);
    },
  };
}
