import { comment, flag, notOfExtension, object, qualified, relationKey, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/**
 * Constraints of tables and domains. From 18 on (domains: 17) NOT NULL is a row of pg_constraint that keeps its name
 * when the column is renamed. The fact stands at the column; the constraint is an object only where somebody named it
 * or gave it a property, so that a generated name never counts.
 * Constraint triggers are triggers. A constraint is in the schema of its table or domain.
 */
export const constraint: KindReader = {
  catalog: "pg_constraint",
  sources: ["pg_constraint", "pg_trigger", "pg_description"],
  sql: ({ major }) => `
    select o.oid, 0, 'constraint',
      case when c.oid is not null then ${qualified("n.nspname", "c.relname")} else ${qualified("n.nspname", "t.typname")} end
        || '.' || quote_ident(o.conname),
      case when c.oid is not null then ${relationKey("c.relkind", "n.nspname", "c.relname")}
        else 'domain ' || ${qualified("n.nspname", "t.typname")} end,
      ${object(
        `'type', case o.contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key'
          when 'c' then 'check' when 'x' then 'exclusion' when 'n' then 'not null' end`,
        `'definition', pg_get_constraintdef(o.oid)`,
        `'columns', coalesce((select json_agg(quote_ident(a.attname) order by k.n) from unnest(o.conkey) with ordinality k(num, n)
          join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.num), '[]')`,
        `'references', case when o.confrelid <> 0 then (select ${qualified("fn.nspname", "fc.relname")}
          from pg_class fc join pg_namespace fn on fn.oid = fc.relnamespace where fc.oid = o.confrelid) end`,
        `'referencedColumns', case when o.confrelid <> 0 then (select json_agg(quote_ident(a.attname) order by k.n)
          from unnest(o.confkey) with ordinality k(num, n) join pg_attribute a on a.attrelid = o.confrelid and a.attnum = k.num) end`,
        `'notValidated', ${flag("not o.convalidated")}`,
        `'deferrable', case when o.condeferrable then case when o.condeferred then 'initially deferred' else 'initially immediate' end end`,
        ...(major >= 18 ? [`'notEnforced', ${flag("not o.conenforced")}`] : []),
        // A foreign key or key is never inherited by plain inheritance: connoinherit says nothing about it.
        `'noInherit', ${flag("o.connoinherit and o.contype in ('c', 'n')")}`,
        `'inherited', ${flag("not o.conislocal")}`,
        `'triggersDisabled', case when o.contype = 'f' or o.condeferrable then ${flag("exists (select from pg_trigger g where g.tgconstraint = o.oid and g.tgenabled not in ('O', 'A'))")} end`,
        `'comment', ${comment("pg_constraint", "o.oid")}`,
      )}
    from pg_constraint o
      left join pg_class c on c.oid = o.conrelid
      left join pg_type t on t.oid = o.contypid
      join pg_namespace n on n.oid = o.connamespace
    where {only o.oid} and o.contype in ('p', 'u', 'f', 'c', 'x', 'n')
      and (o.contype <> 'n' or not o.convalidated or o.connoinherit or o.conislocal and o.conname !~ '_not_null[0-9]*$'
        or ${comment("pg_constraint", "o.oid")} is not null)
      and ${userSchema("n")}
      and (c.oid is null or ${notOfExtension("pg_class", "c.oid")})
      and (t.oid is null or ${notOfExtension("pg_type", "t.oid")})`,
};
