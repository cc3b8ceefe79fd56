import { common, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** Large objects by their rank: their oid is another one each time they are made. Their content is data. */
export const largeObject: KindReader = {
  catalog: "pg_largeobject_metadata",
  sources: ["pg_largeobject_metadata", "pg_description"],
  sql: () => `
    select 0::oid, 0, 'large object', (row_number() over (order by l.oid))::text, null,
      ${object(
        common("pg_largeobject", { oid: "l.oid", owner: "l.lomowner", acl: "l.lomacl", aclType: "'L'" }),
      )}
    from pg_largeobject_metadata l`,
};
