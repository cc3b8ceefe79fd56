import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const conversion: KindReader = {
  catalog: "pg_conversion",
  sources: ["pg_conversion", "pg_description"],
  sql: () => `
    select c.oid, 0, 'conversion', ${qualified("n.nspname", "c.conname")}, null,
      ${object(
        `'definition', case when c.condefault then 'DEFAULT ' else '' end || 'FOR ' || quote_literal(pg_encoding_to_char(c.conforencoding))
          || ' TO ' || quote_literal(pg_encoding_to_char(c.contoencoding)) || ' FROM ' || c.conproc::oid::regprocedure::text`,
        common("pg_conversion", { oid: "c.oid", owner: "c.conowner" }),
      )}
    from pg_conversion c join pg_namespace n on n.oid = c.connamespace
    where {only c.oid} and ${userSchema("n")} and ${notOfExtension("pg_conversion", "c.oid")}`,
};
