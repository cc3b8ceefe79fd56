import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { type Engine, EngineLostError, EngineUnavailableError, PostgresError, type Row } from "../session.ts";
import { ScratchDatabases } from "../wire/scratch-databases.ts";
import { clusterObjectsQuery, createdObjects, renamedBack } from "./cluster-objects.ts";
import { Ledger } from "./ledger.ts";
import { parseUrl } from "./parse-url.ts";
import { clusterStateQuery, putBack, systemStateQuery } from "./put-back.ts";
import { reachable } from "./reachable.ts";
import { takeRunLock } from "./run-lock.ts";
import { sweepRuns } from "./sweep-runs.ts";
import { unreachable } from "./unreachable.ts";

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
    const stateBefore = await clusterState(databases);
    ledger.begin(before, databases);
    const speaksOf = (name: string) =>
      ledger.speaksOf(name) ||
      (name === address.user && ["current_user", "session_user"].some(ledger.speaksOf));
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
          const now = await databases.administer(clusterObjectsQuery);
          const administer = (sql: string) => databases.administer(sql).catch(() => {});
          for (const sql of renamedBack(before, now, ledger.speaksOf)) await administer(sql);
          for (const sql of putBack(stateBefore, await clusterState(databases), speaksOf))
            await administer(sql);
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
    throw new EngineUnavailableError(unreachable(`${address.host}:${address.port}`, error));
  });
  return { address, databases, ledger };
}

async function clusterState(databases: ScratchDatabases): Promise<readonly Row[]> {
  const system = await databases.administer(systemStateQuery).catch((error: unknown) => {
    if (!(error instanceof PostgresError)) throw error;
    return [];
  });
  return [...(await databases.administer(clusterStateQuery)), ...system];
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
