import { comment, firstUserOid, notOfExtension, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const accessMethod: KindReader = {
  catalog: "pg_am",
  sources: ["pg_am", "pg_description"],
  sql: () => `
    select a.oid, 0, 'access method', quote_ident(a.amname), null,
      ${object(
        `'definition', 'TYPE ' || case a.amtype when 'i' then 'INDEX' else 'TABLE' end || ' HANDLER ' || a.amhandler::oid::regprocedure::text`,
        `'comment', ${comment("pg_am", "a.oid")}`,
      )}
    from pg_am a where {only a.oid} and a.oid >= ${firstUserOid} and ${notOfExtension("pg_am", "a.oid")}`,
};
