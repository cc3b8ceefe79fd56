import { common, firstUserOid, foreignOptions, notOfExtension, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const foreignDataWrapper: KindReader = {
  catalog: "pg_foreign_data_wrapper",
  sources: ["pg_foreign_data_wrapper", "pg_description"],
  sql: () => `
    select w.oid, 0, 'foreign-data wrapper', quote_ident(w.fdwname), null,
      ${object(
        `'definition', concat_ws(' ', 'HANDLER ' || nullif(w.fdwhandler, 0)::regprocedure::text,
          'VALIDATOR ' || nullif(w.fdwvalidator, 0)::regprocedure::text, 'OPTIONS (' || ${foreignOptions("w.fdwoptions")} || ')')`,
        common("pg_foreign_data_wrapper", {
          oid: "w.oid",
          owner: "w.fdwowner",
          acl: "w.fdwacl",
          aclType: "'F'",
        }),
      )}
    from pg_foreign_data_wrapper w
    where {only w.oid} and w.oid >= ${firstUserOid} and ${notOfExtension("pg_foreign_data_wrapper", "w.oid")}`,
};
