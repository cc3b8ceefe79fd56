import { comment, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const textSearchParser: KindReader = {
  catalog: "pg_ts_parser",
  sources: ["pg_ts_parser", "pg_description"],
  sql: () => `
    select p.oid, 0, 'text search parser', ${qualified("n.nspname", "p.prsname")}, null,
      ${object(
        `'definition', concat_ws(', ', 'START = ' || p.prsstart::regproc::text, 'GETTOKEN = ' || p.prstoken::regproc::text, 'END = ' || p.prsend::regproc::text,
          'HEADLINE = ' || nullif(p.prsheadline, 0)::regproc::text, 'LEXTYPES = ' || p.prslextype::regproc::text)`,
        `'comment', ${comment("pg_ts_parser", "p.oid")}`,
      )}
    from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace
    where {only p.oid} and ${userSchema("n")} and ${notOfExtension("pg_ts_parser", "p.oid")}`,
};
