import { comment, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const textSearchTemplate: KindReader = {
  catalog: "pg_ts_template",
  sources: ["pg_ts_template", "pg_description"],
  sql: () => `
    select t.oid, 0, 'text search template', ${qualified("n.nspname", "t.tmplname")}, null,
      ${object(
        `'definition', concat_ws(', ', 'INIT = ' || nullif(t.tmplinit, 0)::regproc::text, 'LEXIZE = ' || t.tmpllexize::regproc::text)`,
        `'comment', ${comment("pg_ts_template", "t.oid")}`,
      )}
    from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace
    where {only t.oid} and ${userSchema("n")} and ${notOfExtension("pg_ts_template", "t.oid")}`,
};
