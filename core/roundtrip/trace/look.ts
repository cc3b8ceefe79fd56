import { PostgresError, type Session } from "../../postgres/session.ts";
import { type FilePlace, filePlace } from "./relations.ts";

/** The locks of a transaction after one of its statements, with what it has done so far to the relations they are on. */
export interface Look {
  /** Milliseconds that the statement took. */
  readonly ms: number;
  /** Those of which something is new since the look before. */
  readonly relations: readonly LockedRelation[];
}

export interface LockedRelation {
  readonly oid: string;
  /** As `pg_locks` spells them: `AccessExclusiveLock`. */
  readonly modes: readonly string[];
  /** Absent where it was dropped, or has none. */
  readonly file: FilePlace | undefined;
  /** Scans, rows read and rows written of the transaction. */
  readonly scans: number;
  readonly read: number;
  readonly written: number;
}

const name = "switchback_look";
/** The newest relation there was before the transaction: nobody else waits for a lock on one that it makes. */
const newest = "switchback.newest";
/** All lines of the look before. */
const last = "switchback.last";

/**
 * A statement with the number of the step as its parameter. What it sees goes into a setting of the transaction, so that
 * a whole script and all its looks are one query, and no rows need be told from those of the script. The clock before and
 * after: a look is not the statement's time. One line for each lock, put together here: the server would need as long
 * again for that. Lines of the look before are left out, since a transaction holds its locks to the end: those of a
 * thousand statements after each of them would be hundreds of megabytes.
 */
const prepare = `
prepare ${name}(int) as
with now as materialized (
  select pg_catalog.concat_ws(' ', l.relation, l.mode, coalesce(pg_catalog.pg_relation_filepath(l.relation), '-'),
      pg_catalog.pg_stat_get_xact_numscans(l.relation), pg_catalog.pg_stat_get_xact_tuples_returned(l.relation),
      pg_catalog.pg_stat_get_xact_tuples_inserted(l.relation) + pg_catalog.pg_stat_get_xact_tuples_updated(l.relation)
        + pg_catalog.pg_stat_get_xact_tuples_deleted(l.relation)) line
    from pg_catalog.pg_locks l
    where l.locktype = 'relation' and l.pid = pg_catalog.pg_backend_pid() and l.relation >= 16384
      and l.relation <= coalesce(nullif(pg_catalog.current_setting('${newest}', true), ''), '4294967295')::oid)
select pg_catalog.set_config('switchback.look_' || $1, pg_catalog.concat_ws(E'\\n',
  extract(epoch from pg_catalog.statement_timestamp()), extract(epoch from pg_catalog.clock_timestamp()),
  (select pg_catalog.string_agg(line, E'\\n') from (select line from now except
    select pg_catalog.unnest(pg_catalog.string_to_array(pg_catalog.current_setting('${last}', true), E'\\n'))) fresh),
  nullif(pg_catalog.left(pg_catalog.set_config('${last}',
    coalesce((select pg_catalog.string_agg(line, E'\\n') from now), ''), true), 0), ''),
  extract(epoch from pg_catalog.clock_timestamp())), true)`;

/** Statistics reach others within a second, or now. */
export const handIn = "select pg_catalog.pg_stat_force_next_flush()";

/** Opens the transaction. */
export const begin = `begin; select pg_catalog.set_config('${newest}', pg_catalog.max(oid)::text, true) from pg_catalog.pg_class`;

/**
 * Ends it, and has its statistics handed in: until they are, what one transaction did counts as the next one's.
 */
export const rollBack = `rollback; ${handIn}`;

/** To be called before the transaction where the statement may not be there: that would abort it. */
export async function readyToLook(session: Session): Promise<void> {
  try {
    await session.execute(`execute ${name}(0); ${handIn}`);
  } catch (error) {
    if (!(error instanceof PostgresError && isUnprepared(error))) throw error;
    await session.execute(prepare);
    await session.execute(handIn);
  }
}

/** A script before has deallocated the statement, or there was none. */
export function isUnprepared({ sqlstate, message }: PostgresError): boolean {
  return sqlstate === "26000" && message.includes(name);
}

/** A statement of a script, and a look after it under a number that no other of the transaction has. */
export function withLook(sql: string, step: number): string {
  // A comment at the end of the statement would hide what follows.
  return `${sql}\n;execute ${name}(${step})`;
}

/** What was seen in the open transaction at the steps 0 to `count`; undefined where no look was taken. */
export async function looksSoFar(session: Session, count: number): Promise<(Look | undefined)[]> {
  const rows = await session.query(
    `select nullif(pg_catalog.current_setting('switchback.look_' || n, true), '')
      from pg_catalog.generate_series(0, $1::int - 1) n order by n`,
    [count],
  );
  let free = 0;
  return rows.map(([text]) => {
    if (text === null || text === undefined) return undefined;
    const [sent, looked, ...lines] = text.split("\n");
    const done = Number(lines.pop());
    const ms = (Number(looked) - Math.max(Number(sent), free)) * 1000;
    free = done;
    return { ms, relations: relationsIn(lines) };
  });
}

/** A transaction may hold several locks on a relation. */
function relationsIn(lines: readonly string[]): LockedRelation[] {
  const relations = new Map<string, LockedRelation>();
  for (const line of lines) {
    const [oid = "", mode = "", path = "", scans, read, written] = line.split(" ");
    const known = relations.get(oid);
    relations.set(oid, {
      oid,
      modes: known ? [...known.modes, mode] : [mode],
      file: path === "-" ? undefined : filePlace(path),
      scans: Number(scans),
      read: Number(read),
      written: Number(written),
    });
  }
  return [...relations.values()];
}
