import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

const procedureOf = (column: string) => `nullif(g.${column}, 0)::oid::regprocedure::text`;

const modifyWord = (column: string) =>
  `case g.${column} when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE' else 'READ_WRITE' end`;

/** pg_get_functiondef refuses aggregates: their text is put together in the order of CREATE AGGREGATE. */
const aggregateDefinition = `(select concat_ws(', ',
    'SFUNC = ' || ${procedureOf("aggtransfn")},
    'STYPE = ' || format_type(g.aggtranstype, null),
    'SSPACE = ' || nullif(g.aggtransspace, 0),
    'FINALFUNC = ' || ${procedureOf("aggfinalfn")},
    case when g.aggfinalextra then 'FINALFUNC_EXTRA' end,
    'FINALFUNC_MODIFY = ' || ${modifyWord("aggfinalmodify")},
    'COMBINEFUNC = ' || ${procedureOf("aggcombinefn")},
    'SERIALFUNC = ' || ${procedureOf("aggserialfn")},
    'DESERIALFUNC = ' || ${procedureOf("aggdeserialfn")},
    'INITCOND = ' || quote_literal(g.agginitval),
    'MSFUNC = ' || ${procedureOf("aggmtransfn")},
    'MINVFUNC = ' || ${procedureOf("aggminvtransfn")},
    'MSTYPE = ' || format_type(nullif(g.aggmtranstype, 0), null),
    'MSSPACE = ' || nullif(g.aggmtransspace, 0),
    'MFINALFUNC = ' || ${procedureOf("aggmfinalfn")},
    case when g.aggmfinalextra then 'MFINALFUNC_EXTRA' end,
    'MFINALFUNC_MODIFY = ' || case when g.aggmtransfn <> 0 then ${modifyWord("aggmfinalmodify")} end,
    'MINITCOND = ' || quote_literal(g.aggminitval),
    'SORTOP = ' || nullif(g.aggsortop, 0)::oid::regoperator::text,
    'PARALLEL = ' || case p.proparallel when 's' then 'SAFE' when 'r' then 'RESTRICTED' else 'UNSAFE' end,
    case g.aggkind when 'o' then 'ORDERED SET' when 'h' then 'HYPOTHETICAL' end,
    'ARGUMENTS = ' || pg_get_function_arguments(p.oid))
  from pg_aggregate g where g.aggfnoid = p.oid)`;

/** INTERNALlanguageId, src/include/catalog/pg_language.dat */
const internalLanguage = 12;

/** The range type that a function came with: it makes values of that or of its multirange. */
const rangeType = (
  major: number,
) => `(select 'type ' || ${qualified("rn.nspname", "rt.typname")} from pg_range r join pg_type rt on rt.oid = r.rngtypid
    join pg_namespace rn on rn.oid = rt.typnamespace where p.prorettype in (r.rngtypid${major >= 14 ? ", r.rngmultitypid" : ""}))`;

/** Functions, procedures, window functions and aggregates. */
export const routine: KindReader = {
  catalog: "pg_proc",
  sources: ["pg_proc", "pg_aggregate", "pg_description"],
  sql: ({ major }) => `
    select p.oid, 0, case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
      ${qualified("n.nspname", "p.proname")} || '(' || coalesce((select string_agg(format_type(a.type, null), ', ' order by a.n)
        from unnest(p.proargtypes::oid[]) with ordinality a(type, n)), '') || ')',
      case when p.prolang = ${internalLanguage} and p.prosrc ~ '^(multi)?range_constructor[0-3]$' then ${rangeType(major)} end,
      ${object(
        `'definition', case when p.prokind = 'a' then ${aggregateDefinition} else pg_get_functiondef(p.oid) end`,
        `'returns', case when p.prokind <> 'p' then pg_get_function_result(p.oid) end`,
        `'language', case when p.prokind <> 'a' then (select quote_ident(l.lanname) from pg_language l where l.oid = p.prolang) end`,
        `'volatility', case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end`,
        common("pg_proc", { oid: "p.oid", owner: "p.proowner", acl: "p.proacl", aclType: "'f'" }),
      )}
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where {only p.oid} and ${userSchema("n")} and ${notOfExtension("pg_proc", "p.oid")}`,
};
