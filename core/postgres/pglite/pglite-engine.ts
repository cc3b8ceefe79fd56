import { refuseNullByte } from "../refuse-null-byte.ts";
import {
  type Database,
  type Engine,
  EngineLostError,
  EngineUnavailableError,
  type PostgresError,
  type Row,
  type Session,
} from "../session.ts";
import type { KeptDump } from "./kept-dumps.ts";
import { PgliteWorker } from "./pglite-worker.ts";
import type { StartThread } from "./thread.ts";
import { unrunnableStatement } from "./unrunnable-statement.ts";

export interface PgliteParts {
  readonly startThread: StartThread;
  /** URL of the folder of PGlite's files, with a final slash; absent: the thread knows. */
  readonly assets?: string | undefined;
  /** Where the data folder as it is made is kept for later runs; absent: nowhere. */
  readonly dataFolder?: DataFolder | undefined;
  /** Where states are kept for later runs; absent: nowhere. */
  readonly dumps?: Dumps | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface DataFolder {
  take(): Promise<Uint8Array | undefined>;
  put(dump: Uint8Array): Promise<void>;
  forget(): void;
}

interface Dumps {
  take(key: string): Promise<KeptDump | undefined>;
  put(key: string, dump: KeptDump): Promise<void>;
}

/**
 * Starts PostgreSQL in WASM. Every database is an instance in a thread of its own, with one session. Needs nothing of
 * Node, so that it runs in a browser too.
 */
export async function pgliteEngine({
  startThread,
  assets,
  dataFolder,
  dumps,
  signal,
}: PgliteParts): Promise<Engine> {
  signal?.throwIfAborted();
  const workers = new Set<PgliteWorker>();
  const stop = async () => {
    await Promise.all([...workers].map((worker) => worker.end()));
    workers.clear();
  };
  const start = async (dump?: Uint8Array): Promise<PgliteWorker> => {
    const worker = new PgliteWorker(startThread);
    workers.add(worker);
    await worker.ask({ kind: "open", assets, dump });
    return worker;
  };

  const abort = () => void stop();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const kept = await dataFolder?.take();
    const loaded = kept && (await start(kept).catch(() => undefined));
    signal?.throwIfAborted();
    if (kept && !loaded) dataFolder?.forget();
    let first: PgliteWorker | undefined = loaded ?? (await start());
    const [row] = await rows(first, "select current_setting('server_version')");
    const dumpOf = async (worker: PgliteWorker) => (await worker.ask({ kind: "dump" })) as Uint8Array;
    const fresh = loaded ? kept : await dumpOf(first);
    if (!loaded) await dataFolder?.put(fresh);
    const workerOf = new WeakMap<Database, PgliteWorker>();
    const wrap = (worker: PgliteWorker): Database => {
      const database: Database = {
        name: "postgres",
        connect: async () => connect(worker),
        copy: async () => wrap(await start(await dumpOf(worker))),
        drop: async () => {
          await worker.end();
          workers.delete(worker);
        },
      };
      workerOf.set(database, worker);
      return database;
    };
    return {
      name: "pglite",
      postgres: row?.[0] ?? "",
      major: Number.parseInt(row?.[0] ?? "", 10),
      sessions: 1,
      lacks: missingExtension,
      createDatabase: async () => {
        const worker = first ?? (await start(fresh));
        first = undefined;
        return wrap(worker);
      },
      ...(dumps && {
        baselines: {
          loadMs: 2_000,
          load: async (key) => {
            const found = await dumps.take(key);
            if (!found) return undefined;
            // The instance that was started ahead is not needed.
            if (first) await wrap(first).drop();
            first = undefined;
            return { database: wrap(await start(found.dump)), note: found.note };
          },
          save: async (key, { database, note }) => {
            const worker = workerOf.get(database);
            if (worker) await dumps.put(key, { dump: await dumpOf(worker), note });
          },
        },
      }),
      stop,
    };
  } catch (error) {
    await stop();
    signal?.throwIfAborted();
    throw new EngineUnavailableError(`PGlite does not start: ${(error as Error).message}`);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

function connect(worker: PgliteWorker): Session {
  if (!worker.alive) throw new EngineLostError("this PGlite instance is gone");
  let open = true;
  const whenOpen = <T>(run: () => Promise<T>): Promise<T> =>
    open ? run() : Promise.reject(new EngineLostError("the session is closed"));
  return {
    execute: (sql) =>
      whenOpen(async () => {
        refuseNullByte(sql);
        const refused = await unrunnableStatement(sql);
        if (refused) throw refused;
        await worker.ask({ kind: "execute", sql });
      }),
    query: (sql, values) => whenOpen(() => rows(worker, sql, values)),
    get alive() {
      return open && worker.alive;
    },
    // WASM listens to nobody while it works: the instance goes, and its database with it.
    interrupt: () => worker.end(),
    close: async () => {
      if (!open) return;
      open = false;
      await worker.ask({ kind: "reset" }).catch(() => {});
    },
  };
}

async function rows(
  worker: PgliteWorker,
  sql: string,
  values: readonly (string | number | null)[] = [],
): Promise<readonly Row[]> {
  return (await worker.ask({ kind: "query", sql, values })) as readonly Row[];
}

function missingExtension({ message }: PostgresError): string | undefined {
  const name = /^extension "(.+)" is not available$/.exec(message)?.[1];
  return name && `PGlite has no extension ${name}, so take the engine docker or server`;
}
