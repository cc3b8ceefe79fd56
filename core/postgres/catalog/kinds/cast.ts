import { comment, firstUserOid, notOfExtension, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** The range type that the cast came with. */
const toMultirange = `case when exists (select from pg_range r where r.rngtypid = c.castsource and r.rngmultitypid = c.casttarget)
        then 'type ' || format_type(c.castsource, null) end`;

export const cast: KindReader = {
  catalog: "pg_cast",
  sources: ["pg_cast", "pg_description"],
  sql: ({ major }) => `
    select c.oid, 0, 'cast', format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null),
      ${major >= 14 ? toMultirange : "null"},
      ${object(
        `'definition', case c.castmethod when 'b' then 'WITHOUT FUNCTION' when 'i' then 'WITH INOUT'
            else 'WITH FUNCTION ' || c.castfunc::regprocedure::text end
          || case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' else '' end`,
        `'comment', ${comment("pg_cast", "c.oid")}`,
      )}
    from pg_cast c where {only c.oid} and c.oid >= ${firstUserOid} and ${notOfExtension("pg_cast", "c.oid")}`,
};
