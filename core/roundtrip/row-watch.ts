import { firstUserOid } from "../postgres/catalog/fragments.ts";
import type { Session } from "../postgres/session.ts";
import type { ScriptTraits } from "./script-traits.ts";

/** Rows of user tables and the state of sequences as one text; undefined where there is no row at all. */
export type RowFingerprint = string | undefined;

/** Something of a database that was written to: as the reader of its catalog tells. */
type Written = { readonly catalog: string; readonly oid: string };

/** Knows which tables of a database may hold rows and when they may have changed, so that few questions are asked. */
export class RowWatch {
  #any: boolean;
  /** Oids of the relations with at least one page; undefined where a script may have filled others since. */
  #filled: readonly string[] | undefined;
  /** The last answer and what it was about, as long as it must still be true. */
  #last: { readonly fingerprint: RowFingerprint; readonly relations: ReadonlySet<string> } | undefined;

  /** `any`: there may be rows already. */
  constructor(any: boolean) {
    this.#any = any;
  }

  /** To be called for every script that runs. */
  expect({ mayAddRows, mayMoveRows }: ScriptTraits): void {
    if (mayAddRows) this.#any = true;
    if (mayAddRows || mayMoveRows) this.#filled = this.#last = undefined;
  }

  /** To be called when something ran that is not known. */
  forget(): void {
    this.#any = true;
    this.#filled = this.#last = undefined;
  }

  /**
   * To be called with what was there and was written to, after each reading of the catalog. DDL reaches rows only where
   * it writes to their table, to a sequence, or to the type that their text is made by.
   */
  saw(written: Iterable<Written>): void {
    const relations = this.#last?.relations;
    if (!relations) return;
    for (const { catalog, oid } of written) {
      if (catalog === "pg_type" || relations.has(oid)) this.#last = undefined;
    }
  }

  /** Equal before the down and after going up again: then later migrations find the very rows they would have found. */
  async fingerprint(session: Session): Promise<RowFingerprint> {
    if (!this.#any) return undefined;
    if (this.#last) return this.#last.fingerprint;
    const found = await session.query(this.#filled ? questions(inThese) : questions(anywhere), [
      ...(this.#filled ? [`{${this.#filled}}`] : []),
    ]);
    const tables = found.flatMap(([oid, question]) => (oid && question ? [{ oid, question }] : []));
    const called = found.flatMap(([oid, , state]) => (oid && state ? [{ oid, state }] : []));
    this.#filled = tables.map(({ oid }) => oid);
    const rows = await countRows(
      session,
      tables.map(({ question }) => question),
    );
    this.#any = rows.length + called.length > 0;
    const fingerprint = this.#any ? [...rows, ...called.map(({ state }) => state)].join("\n") : undefined;
    this.#last = { fingerprint, relations: new Set([...tables, ...called].map(({ oid }) => oid)) };
    return fingerprint;
  }
}

const anywhere = `c.oid >= ${firstUserOid}`;
const inThese = "c.oid = any($1::oid[])";

/**
 * Questions about tables and materialised views of users that hold at least one page, so that empty ones need not be
 * looked into, and not of those that only another session can read; last, the state of the sequences that were used.
 * Told apart by oid, not by schema, and without the view `pg_sequences`: there are hundreds of relations.
 */
function questions(which: string): string {
  return `
(select c.oid::text, format('select %L, count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from only %s t',
              c.oid::regclass, c.oid::regclass), null
from pg_catalog.pg_class c
where ${which} and c.relkind in ('r', 'm') and c.relispopulated and c.relpersistence <> 't'
  and pg_catalog.pg_relation_size(c.oid) > 0
order by c.oid::regclass::text collate "C")
union all
(select q.oid::text, null, format('%s %s', q.name, q.value)
from (select c.oid, c.oid::regclass::text collate "C" as name,
    case when pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE') then pg_catalog.pg_sequence_last_value(c.oid) end as value
  from pg_catalog.pg_sequence s join pg_catalog.pg_class c on c.oid = s.seqrelid where c.relpersistence <> 't') q
where q.value is not null order by q.name)`;
}

/** Number and sum of the rows of each table that has some. */
async function countRows(session: Session, questions: readonly string[]): Promise<string[]> {
  const counts: string[] = [];
  for (let i = 0; i < questions.length; i += atOnce) {
    const rows = await session.query(questions.slice(i, i + atOnce).join(" union all "));
    counts.push(...rows.filter(([, count]) => count !== "0").map((row) => row.join(" ")));
  }
  return counts;
}

const atOnce = 200;
