import type { Row, Session } from "../../session.ts";
import type { Counters } from "./counters.ts";

/** The moment of a reading, to compare the next one with. */
export interface Moment {
  /** Oldest transaction that may still write, as an xid. */
  readonly boundary: string;
  /** Absent where statistics do not arrive at once. */
  readonly counters: Counters | undefined;
  /** No other transaction was open. */
  readonly alone: boolean;
  /** The greatest oid of a relation: those made later have a greater one, until the server's counter starts over. */
  readonly newest: string;
}

export interface AskOptions {
  readonly session: Session;
  /** Oids of the counted catalogs, in their order; 0 where this version has no such catalog. */
  readonly catalogs: readonly string[];
  /** Whether counters are there at once (PostgreSQL 15). */
  readonly counters: boolean;
  /** The session is the one that migrates: part of its counters may still be its own. */
  readonly ownCounters: boolean;
}

export async function askMoment(options: AskOptions): Promise<Moment> {
  const [row] = await options.session.query(
    `select m.boundary, m.alone::text, m.written::text, m.deleted::text, m.newest from (${momentSql(options)}) m`,
  );
  return toMoment(row ?? [], options);
}

/** `boundary, alone, written, deleted, newest`; two are arrays in the order of the counted catalogs. */
export function momentSql({ catalogs, ownCounters }: AskOptions): string {
  const count = (name: string) =>
    `pg_stat_get_tuples_${name}(c.oid)${ownCounters ? ` + pg_stat_get_xact_tuples_${name}(c.oid)` : ""}`;
  const counts = (sum: string) => `array(select ${sum} from unnest('{${catalogs.join(",")}}'::oid[]) c(oid))`;
  return `select (pg_snapshot_xmin(s)::text::numeric % 4294967296)::text as boundary,
      pg_snapshot_xmin(s) = pg_snapshot_xmax(s) as alone,
      ${counts(`${count("inserted")} + ${count("updated")}`)} as written, ${counts(count("deleted"))} as deleted,
      (select max(oid)::text from pg_class) as newest
    from pg_current_snapshot() s`;
}

/** The columns of `momentSql` as texts. */
export function toMoment([boundary, alone, written, deleted, newest]: Row, { counters }: AskOptions): Moment {
  return {
    boundary: boundary ?? "3",
    alone: alone === "true",
    newest: newest ?? "0",
    counters: counters ? { written: numbers(written), deleted: numbers(deleted) } : undefined,
  };
}

function numbers(list: string | null | undefined): number[] {
  return (list ?? "{}").slice(1, -1).split(",").map(Number);
}
