import { comment, firstUserOid, notOfExtension, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const transform: KindReader = {
  catalog: "pg_transform",
  sources: ["pg_transform", "pg_description"],
  sql: () => `
    select t.oid, 0, 'transform', format_type(t.trftype, null) || ' LANGUAGE ' || quote_ident(l.lanname), null,
      ${object(
        `'definition', concat_ws(', ', 'FROM SQL WITH FUNCTION ' || nullif(t.trffromsql, 0)::oid::regprocedure::text,
          'TO SQL WITH FUNCTION ' || nullif(t.trftosql, 0)::oid::regprocedure::text)`,
        `'comment', ${comment("pg_transform", "t.oid")}`,
      )}
    from pg_transform t join pg_language l on l.oid = t.trflang
    where {only t.oid} and t.oid >= ${firstUserOid} and ${notOfExtension("pg_transform", "t.oid")}`,
};
