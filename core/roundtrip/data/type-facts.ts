import type { Session } from "../../postgres/session.ts";

/** What values a type takes, as far as its catalog row tells. */
export interface TypeFacts {
  readonly oid: string;
  readonly name: string;
  /** `public.mood`, for SQL. */
  readonly sql: string;
  /** pg_type.typtype: base, composite, domain, enum, multirange, pseudo, range. */
  readonly kind: string;
  /** Array: of its elements. Domain: of what it is over. Range: of its bounds. Else "0". */
  readonly of: string;
  readonly modifier: number;
  readonly array: boolean;
  readonly labels: readonly string[];
  /** Conditions of a domain over VALUE. */
  readonly conditions: readonly string[];
  /** Types of the fields of a composite. */
  readonly fields: readonly string[];
}

const types = `
select t.oid::text, t.typname, pg_catalog.format('%I.%I', n.nspname, t.typname), t.typtype::text,
  -- A domain over an array is of the category of arrays too.
  case when t.typtype = 'd' then t.typbasetype
    when t.typcategory = 'A' then t.typelem
    when t.typtype = 'r' then (select r.rngsubtype from pg_catalog.pg_range r where r.rngtypid = t.oid)
    when t.typtype = 'm' then (select r.rngtypid from pg_catalog.pg_range r where r.rngmultitypid = t.oid)
    else 0 end::text,
  t.typtypmod::text, (t.typcategory = 'A' and t.typtype <> 'd')::text,
  coalesce((select pg_catalog.json_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum e
    where e.enumtypid = t.oid), '[]')::text,
  coalesce((select pg_catalog.json_agg(pg_catalog.pg_get_expr(k.conbin, 0)) from pg_catalog.pg_constraint k
    where k.contypid = t.oid and k.contype = 'c'), '[]')::text,
  coalesce((select pg_catalog.json_agg(a.atttypid::text order by a.attnum) from pg_catalog.pg_attribute a
    where a.attrelid = t.typrelid and t.typtype = 'c' and a.attnum > 0 and not a.attisdropped), '[]')::text
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where t.typtype in ('b', 'c', 'd', 'e', 'm', 'r')
  and (n.nspname <> 'pg_catalog' or t.typtype <> 'c')
  and not (t.typtype = 'b' and t.typcategory = 'A' and n.nspname = 'pg_catalog' and t.typname like '\\_pg\\_%')`;

/** Every type, by oid. */
export async function readTypes(session: Session): Promise<Map<string, TypeFacts>> {
  const rows = await session.query(types);
  return new Map(
    rows.map((row) => {
      const [oid, name, sql, kind, of, modifier, array, labels, conditions, fields] = row.map(
        (it) => it ?? "",
      );
      const facts: TypeFacts = {
        oid: oid ?? "",
        name: name ?? "",
        sql: sql ?? "",
        kind: kind ?? "",
        of: of ?? "0",
        modifier: Number(modifier),
        array: array === "true",
        labels: JSON.parse(labels ?? "[]") as string[],
        conditions: JSON.parse(conditions ?? "[]") as string[],
        fields: JSON.parse(fields ?? "[]") as string[],
      };
      return [facts.oid, facts];
    }),
  );
}
