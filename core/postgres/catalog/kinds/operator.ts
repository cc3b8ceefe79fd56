import { common, notOfExtension, object, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** Operators that are more than a name another operator has already mentioned. */
export const operator: KindReader = {
  catalog: "pg_operator",
  sources: ["pg_operator", "pg_description"],
  sql: () => `
    select o.oid, 0, 'operator',
      quote_ident(n.nspname) || '.' || o.oprname || '(' || coalesce(format_type(nullif(o.oprleft, 0), null), 'NONE') || ', '
        || coalesce(format_type(nullif(o.oprright, 0), null), 'NONE') || ')',
      null,
      ${object(
        `'definition', concat_ws(', ',
          'FUNCTION = ' || o.oprcode::oid::regprocedure::text,
          'RESULT = ' || format_type(o.oprresult, null),
          'COMMUTATOR = ' || nullif(o.oprcom, 0)::oid::regoperator::text,
          'NEGATOR = ' || nullif(o.oprnegate, 0)::oid::regoperator::text,
          'RESTRICT = ' || nullif(o.oprrest, 0)::oid::regprocedure::text,
          'JOIN = ' || nullif(o.oprjoin, 0)::oid::regprocedure::text,
          case when o.oprcanhash then 'HASHES' end, case when o.oprcanmerge then 'MERGES' end)`,
        common("pg_operator", { oid: "o.oid", owner: "o.oprowner" }),
      )}
    from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
    where {only o.oid} and o.oprcode <> 0 and ${userSchema("n")} and ${notOfExtension("pg_operator", "o.oid")}`,
};
