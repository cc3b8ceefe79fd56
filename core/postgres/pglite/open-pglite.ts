import { join } from "node:path";
import { cacheFolder } from "../embedded/working-folder.ts";
import { type Engine, EngineUnavailableError } from "../session.ts";
import { KeptDumps } from "./kept-dumps.ts";
import { nodeThreads } from "./node-thread.ts";
import { pgliteEngine } from "./pglite-engine.ts";

export interface PgliteOptions {
  /** The built `core/postgres/pglite/worker.ts`; absent: `pglite-worker.mjs` beside the bundle. */
  readonly worker?: URL | undefined;
  /** URL of the folder of PGlite's files, with a final slash; absent: beside the worker, else its package. */
  readonly assets?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** PostgreSQL in WASM, in threads of this process. */
export function openPglite({ worker, assets, signal }: PgliteOptions = {}): Promise<Engine> {
  return pgliteEngine({
    startThread: nodeThreads(worker ?? new URL("./pglite-worker.mjs", import.meta.url)),
    assets,
    dumps: keptDumps(),
    signal,
  });
}

/** Undefined where nothing can be kept. */
function keptDumps(): KeptDumps | undefined {
  try {
    return new KeptDumps(join(cacheFolder(undefined), "baselines-pglite"));
  } catch (error) {
    if (error instanceof EngineUnavailableError) return undefined;
    throw error;
  }
}
