import { join } from "node:path";
import { cacheFolder } from "../embedded/working-folder.ts";
import type { Engine } from "../session.ts";
import { KeptDataFolder } from "./kept-data-folder.ts";
import { KeptDumps } from "./kept-dumps.ts";
import { nodeThreads } from "./node-thread.ts";
import { type PgliteParts, pgliteEngine } from "./pglite-engine.ts";
import { pgliteFiles } from "./pglite-files.ts";

export interface PgliteOptions {
  /** The built `core/postgres/pglite/worker.ts`; absent: `pglite-worker.mjs` beside the bundle. */
  readonly worker?: URL | undefined;
  /** URL of the folder of PGlite's files, with a final slash; absent: beside the worker, else its package. */
  readonly assets?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** PostgreSQL in WASM, in threads of this process. */
export function openPglite({
  worker = new URL("./pglite-worker.mjs", import.meta.url),
  assets,
  signal,
}: PgliteOptions = {}): Promise<Engine> {
  return pgliteEngine({
    startThread: nodeThreads(worker),
    assets,
    ...kept(worker, assets),
    signal,
  });
}

/** Nothing where nothing can be kept; that PGlite's files are missing is said by the thread. */
function kept(worker: URL, assets: string | undefined): Pick<PgliteParts, "dataFolder" | "dumps"> {
  try {
    const cache = cacheFolder(undefined);
    return {
      dataFolder: new KeptDataFolder(join(cache, "clusters-pglite"), assets ?? pgliteFiles(worker)),
      dumps: new KeptDumps(join(cache, "baselines-pglite")),
    };
  } catch {
    return {};
  }
}
