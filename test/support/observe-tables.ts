import { type LockMode, lockModes } from "#core/catalog/locks.ts";
import type { Session } from "#core/postgres/session.ts";

/** A table as this session sees it in the middle of its transaction. */
export interface Observed {
  /** The strongest lock that the session holds on it. */
  readonly mode: LockMode | undefined;
  /** Its file: another one after a rewrite. */
  readonly file: string;
  /** Sequential scans in this transaction. */
  readonly scans: number;
}

/** Tables that are gone are left out. */
export async function observeTables(
  session: Session,
  oids: Iterable<string>,
): Promise<ReadonlyMap<string, Observed>> {
  const rows = await session.query(
    `SELECT c.oid::text, pg_relation_filenode(c.oid)::text, coalesce(pg_stat_get_xact_numscans(c.oid), 0)::text,
       (SELECT string_agg(l.mode, ',') FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE l.relation = c.oid AND l.pid = pg_backend_pid() AND d.datname = current_database())
     FROM pg_class c WHERE c.oid = ANY ($1::text::oid[])`,
    [`{${[...oids].join(",")}}`],
  );
  return new Map(
    rows.map(([oid, file, scans, modes]) => [
      oid ?? "",
      { mode: strongest(modes ?? ""), file: file ?? "", scans: Number(scans) },
    ]),
  );
}

/** `AccessShareLock,ShareRowExclusiveLock` → `SHARE ROW EXCLUSIVE` */
function strongest(modes: string): LockMode | undefined {
  const held = modes.split(",").map((mode) =>
    mode
      .replace(/Lock$/, "")
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
      .toUpperCase(),
  );
  return lockModes.findLast((mode) => held.includes(mode));
}
