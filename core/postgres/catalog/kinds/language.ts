import { common, firstUserOid, notOfExtension, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const language: KindReader = {
  catalog: "pg_language",
  sources: ["pg_language", "pg_description"],
  sql: () => `
    select l.oid, 0, 'language', quote_ident(l.lanname), null,
      ${object(
        `'definition', concat_ws(' ', case when l.lanpltrusted then 'TRUSTED' end,
          'HANDLER ' || nullif(l.lanplcallfoid, 0)::regprocedure::text,
          'INLINE ' || nullif(l.laninline, 0)::regprocedure::text,
          'VALIDATOR ' || nullif(l.lanvalidator, 0)::regprocedure::text)`,
        common("pg_language", { oid: "l.oid", owner: "l.lanowner", acl: "l.lanacl", aclType: "'l'" }),
      )}
    from pg_language l where {only l.oid} and l.oid >= ${firstUserOid} and ${notOfExtension("pg_language", "l.oid")}`,
};
