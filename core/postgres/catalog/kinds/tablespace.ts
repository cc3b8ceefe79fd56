import { firstUserOid, object, owner, privileges } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const tablespace: KindReader = {
  catalog: "pg_tablespace",
  sources: ["pg_tablespace", "pg_shdescription"],
  sql: () => `
    select s.oid, 0, 'tablespace', quote_ident(s.spcname), null,
      ${object(
        `'definition', concat_ws(' ', 'LOCATION ' || quote_literal(pg_tablespace_location(s.oid)), 'WITH ' || s.spcoptions::text)`,
        `'owner', ${owner("s.spcowner")}`,
        `'privileges', ${privileges("s.spcacl", "'t'", "s.spcowner")}`,
        `'comment', shobj_description(s.oid, 'pg_tablespace')`,
      )}
    from pg_tablespace s where {only s.oid} and s.oid >= ${firstUserOid}`,
};
