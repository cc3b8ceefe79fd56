import { common, foreignOptions, notOfExtension, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const server: KindReader = {
  catalog: "pg_foreign_server",
  sources: ["pg_foreign_server", "pg_description"],
  sql: () => `
    select s.oid, 0, 'server', quote_ident(s.srvname), null,
      ${object(
        `'definition', concat_ws(' ', 'TYPE ' || quote_literal(s.srvtype), 'VERSION ' || quote_literal(s.srvversion),
          'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname), 'OPTIONS (' || ${foreignOptions("s.srvoptions")} || ')')`,
        common("pg_foreign_server", { oid: "s.oid", owner: "s.srvowner", acl: "s.srvacl", aclType: "'S'" }),
      )}
    from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
    where {only s.oid} and ${notOfExtension("pg_foreign_server", "s.oid")}`,
};
