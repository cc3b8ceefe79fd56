import { comment, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const extension: KindReader = {
  catalog: "pg_extension",
  sources: ["pg_extension", "pg_description"],
  sql: () => `
    select e.oid, 0, 'extension', quote_ident(e.extname), null,
      ${object(
        `'schema', e.extnamespace::regnamespace::text`,
        `'version', e.extversion`,
        `'comment', ${comment("pg_extension", "e.oid")}`,
      )}
    from pg_extension e where {only e.oid}`,
};
