import { common, notOfExtension, object, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const schema: KindReader = {
  catalog: "pg_namespace",
  sources: ["pg_namespace", "pg_description"],
  sql: () => `
    select n.oid, 0, 'schema', quote_ident(n.nspname), null,
      ${object(common("pg_namespace", { oid: "n.oid", owner: "n.nspowner", acl: "n.nspacl", aclType: "'n'" }))}
    from pg_namespace n
    where {only n.oid} and ${userSchema("n")} and ${notOfExtension("pg_namespace", "n.oid")}`,
};
