import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { type Engine, EngineLostError, EngineUnavailableError, PostgresError } from "../session.ts";
import { ScratchDatabases } from "../wire/scratch-databases.ts";
import { clusterObjectsQuery, createdObjects } from "./cluster-objects.ts";
import { connectionRemedy } from "./connection-remedy.ts";
import { Ledger } from "./ledger.ts";
import { parseUrl } from "./parse-url.ts";
import { reachable } from "./reachable.ts";
import { takeRunLock } from "./run-lock.ts";
import { sweepRuns } from "./sweep-runs.ts";

export interface ServerOptions {
  /** `postgres://user:password@host:port/database`; the database is only connected to, never changed. */
  readonly url: string;
  readonly signal?: AbortSignal | undefined;
}

/** Uses somebody's running server: makes scratch databases there and removes them, and touches nothing else. */
export async function openServer({ url, signal }: ServerOptions): Promise<Engine> {
  signal?.throwIfAborted();
  const { address, databases, ledger } = await open(url);
  try {
    await refuseWithoutCreatedb(databases, address.user);
    await sweepRuns(databases);
    const before = await databases.administer(clusterObjectsQuery);
    ledger.begin(before, databases);
    const created = async () =>
      createdObjects(before, await databases.administer(clusterObjectsQuery), ledger.speaksOf).filter(
        ({ name }) => !databases.isScratch(name),
      );
    return {
      name: "server",
      postgres: databases.postgres,
      major: databases.major,
      sessions: 20,
      createDatabase: () => databases.create(),
      clusterObjects: async () => (await created()).map(({ kind, name }) => `${kind} ${name}`),
      stop: async () => {
        try {
          await databases.dropAll();
          for (const { drop } of await created()) await databases.administer(drop).catch(() => {});
        } catch {
          // The server is gone, and nothing can be removed from it.
        }
        await databases.hangUp();
      },
    };
  } catch (error) {
    await databases.hangUp();
    throw error;
  }
}

async function open(url: string) {
  const address = await reachable(parseUrl(url));
  const ledger = new Ledger();
  const databases = await ScratchDatabases.open(address, {
    beforeExecute: (sql, database) => ledger.note(sql, database),
    onAdmin: takeRunLock,
    outlivesUs: true,
  }).catch((error: unknown) => {
    if (!(error instanceof EngineLostError)) throw error;
    throw new EngineUnavailableError(
      `no connection to ${address.host}:${address.port}: ${error.message}${connectionRemedy(error.message)}`,
    );
  });
  return { address, databases, ledger };
}

async function refuseWithoutCreatedb(databases: ScratchDatabases, user: string): Promise<void> {
  try {
    const [row] = await databases.administer(
      "select (rolcreatedb or rolsuper)::text from pg_roles where rolname = current_user",
    );
    if (row?.[0] === "true") return;
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
  }
  throw new EngineUnavailableError(
    `the role ${user} may not create databases; an administrator can allow it:\n  ALTER ROLE ${quoteIdentifier(user)} CREATEDB;`,
  );
}
