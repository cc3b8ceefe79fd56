import { blocks, type LockMode, lockModes } from "../../catalog/locks.ts";
import { EngineLostError, PostgresError, type Row, type Session } from "../../postgres/session.ts";
import type { Scan, TracedLock } from "../../report/model.ts";
import type { Relation, Relations } from "./relations.ts";
import { type TracedStatement, untraced } from "./traced-statement.ts";

/** The locks of the asking session with what its transaction has done so far to the relations they are on. */
const query = `
select l.relation::text, pg_catalog.string_agg(l.mode, ','), c.relfilenode::text, c.reltablespace::text,
  pg_catalog.pg_stat_get_xact_numscans(l.relation)::text,
  pg_catalog.pg_stat_get_xact_tuples_returned(l.relation)::text,
  (pg_catalog.pg_stat_get_xact_tuples_inserted(l.relation) + pg_catalog.pg_stat_get_xact_tuples_updated(l.relation)
    + pg_catalog.pg_stat_get_xact_tuples_deleted(l.relation))::text
from pg_catalog.pg_locks l left join pg_catalog.pg_class c on c.oid = l.relation
where l.locktype = 'relation' and l.pid = pg_catalog.pg_backend_pid() and l.relation >= 16384
group by l.relation, c.relfilenode, c.reltablespace`;

interface Seen {
  readonly strength: number;
  readonly file: string;
  readonly tablespace: string;
  readonly scans: number;
  readonly read: number;
  readonly written: number;
}

/** The locks and counters of a transaction after one of its statements. */
export interface Observation {
  readonly sql: string;
  /** Milliseconds that the statement took. */
  readonly ms: number;
  readonly rows: readonly Row[];
}

/**
 * Tells after each statement of a transaction what is new. A lock is told of the first statement that takes it; it is
 * held until the transaction ends.
 */
export class Observer {
  readonly #session: Session;
  readonly #relations: Relations;
  readonly #seen = new Map<string, Seen>();

  constructor(session: Session, relations: Relations) {
    this.#session = session;
    this.#relations = relations;
  }

  /**
   * To be called before the transaction. A script before may have deallocated the statement, which would abort it; and
   * what earlier transactions did counts as this one's until it was handed in.
   */
  static async prepare(session: Session): Promise<void> {
    await session.query(query);
    await session.query("select pg_catalog.pg_stat_force_next_flush()");
  }

  /** Notes what the transaction holds and has done after a statement. */
  async observe(sql: string, ms: number): Promise<Observation> {
    return { sql, ms, rows: await this.#session.query(query) };
  }

  /** What each observation, in order, has that those before it had not. One question for all of them, to be asked before anything is committed. */
  async tell(steps: readonly (Observation | TracedStatement)[]): Promise<TracedStatement[]> {
    const oids = new Set(
      steps.flatMap((step) => ("rows" in step ? step.rows.map(([oid]) => oid ?? "") : [])),
    );
    try {
      const existing = await this.#relations.of([...oids]);
      return steps.map((step) => ("rows" in step ? this.#tellOne(step, existing) : step));
    } catch (error) {
      if (!(error instanceof PostgresError || error instanceof EngineLostError)) throw error;
      return steps.map((step) => ("rows" in step ? untraced(error.message) : step));
    }
  }

  #tellOne({ sql, ms, rows }: Observation, existing: ReadonlyMap<string, Relation>): TracedStatement {
    const locks: TracedLock[] = [];
    const scans: Scan[] = [];
    let rowsWritten = 0;
    for (const row of rows) {
      const oid = row[0] ?? "";
      const relation = existing.get(oid);
      if (!relation) continue;
      const before = this.#seen.get(oid) ?? unseen(relation);
      const now = seenIn(row, before);
      this.#seen.set(oid, now);
      const mode = lockModes[now.strength];
      const rewritten = isRewritten(relation, before, now, sql);
      if (mode && (now.strength > before.strength || rewritten))
        locks.push(lockOn(relation, mode, rewritten));
      rowsWritten += Math.max(0, now.written - before.written);
      if (isTable(relation) && now.scans > before.scans && !truncates.test(sql))
        scans.push({ object: relation.name, rows: Math.max(0, now.read - before.read) });
    }
    return { locks: strongestFirst(locks), scans, rowsWritten, ms };
  }
}

export function lockOn({ name, kind }: Relation, mode: LockMode, rewritten: boolean): TracedLock {
  const { reads, writes } = blocks(mode);
  const ddl = lockModes.indexOf(mode) >= lockModes.indexOf("SHARE UPDATE EXCLUSIVE");
  return {
    object: name,
    kind,
    mode,
    blocks: [
      ...(reads ? ["reads" as const] : []),
      ...(writes ? ["writes" as const] : []),
      ...(ddl ? ["DDL" as const] : []),
    ],
    rewritten,
  };
}

export function strongestFirst(locks: readonly TracedLock[]): TracedLock[] {
  const strength = ({ mode }: TracedLock) => lockModes.indexOf(mode as LockMode);
  return locks.toSorted((a, b) => strength(b) - strength(a) || (a.object < b.object ? -1 : 1));
}

/** `AccessExclusiveLock` → `ACCESS EXCLUSIVE` */
export function strengthOf(mode: string): number {
  const words = mode.replace(/Lock$/, "").replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");
  return lockModes.indexOf(words.toUpperCase() as LockMode);
}

export function isTable({ kind }: Relation): boolean {
  return kind === "table" || kind === "materialized view";
}

/** TRUNCATE gives a new file that is empty, SET TABLESPACE copies the old one as it is. */
export function isRewritten(
  { kind }: Relation,
  before: Pick<Relation, "file" | "tablespace">,
  now: Pick<Relation, "file" | "tablespace">,
  sql: string,
): boolean {
  if (kind === "sequence" || now.file === before.file || now.tablespace !== before.tablespace) return false;
  return !truncates.test(sql);
}

/** It builds the empty indexes anew, which looks like reading the table. */
const truncates = /^\s*truncate\b/i;

function unseen({ file, tablespace }: Relation): Seen {
  return { strength: -1, file, tablespace, scans: 0, read: 0, written: 0 };
}

function seenIn(row: Row, before: Seen): Seen {
  const [, modes, file, tablespace, scans, read, written] = row;
  return {
    strength: Math.max(before.strength, ...(modes ?? "").split(",").map(strengthOf)),
    // What was dropped has no file to compare.
    file: file ?? before.file,
    tablespace: tablespace ?? before.tablespace,
    scans: Number(scans ?? 0),
    read: Number(read ?? 0),
    written: Number(written ?? 0),
  };
}
