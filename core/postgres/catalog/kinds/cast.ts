import { comment, firstUserOid, notOfExtension, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const cast: KindReader = {
  catalog: "pg_cast",
  sources: ["pg_cast", "pg_description"],
  sql: () => `
    select c.oid, 0, 'cast', format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null), null,
      ${object(
        `'definition', case c.castmethod when 'b' then 'WITHOUT FUNCTION' when 'i' then 'WITH INOUT'
            else 'WITH FUNCTION ' || c.castfunc::regprocedure::text end
          || case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' else '' end`,
        `'comment', ${comment("pg_cast", "c.oid")}`,
      )}
    from pg_cast c where {only c.oid} and c.oid >= ${firstUserOid} and ${notOfExtension("pg_cast", "c.oid")}`,
};
