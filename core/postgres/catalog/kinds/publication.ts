import { common, notOfExtension, object, relationName } from "../fragments.ts";
import type { KindReader, ServerFacts } from "../kind.ts";

const tableOf = ({ major }: ServerFacts) =>
  major < 15
    ? relationName("r.prrelid")
    : `${relationName("r.prrelid")}
        || coalesce(' (' || (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
          where a.attrelid = r.prrelid and a.attnum = any(r.prattrs::int2[])) || ')', '')
        || coalesce(' WHERE ' || pg_get_expr(r.prqual, r.prrelid), '')`;

export const publication: KindReader = {
  catalog: "pg_publication",
  sources: ["pg_publication", "pg_publication_rel", "pg_publication_namespace", "pg_description"],
  sql: (server) => `
    select p.oid, 0, 'publication', quote_ident(p.pubname), null,
      ${object(
        `'definition', concat_ws(', ', case when p.puballtables then 'FOR ALL TABLES' end,
          (select string_agg('TABLE ' || t.text, ', ' order by t.text) from
            (select ${tableOf(server)} as text from pg_publication_rel r where r.prpubid = p.oid) t)
          ${server.major >= 15 ? `, (select string_agg('TABLES IN SCHEMA ' || s.pnnspid::regnamespace::text, ', ' order by s.pnnspid::regnamespace::text) from pg_publication_namespace s where s.pnpubid = p.oid)` : ""},
          'PUBLISH ' || concat_ws('+', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
            case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end),
          case when p.pubviaroot then 'VIA ROOT' end
          ${server.major >= 18 ? ", case p.pubgencols when 's' then 'GENERATED COLUMNS stored' end" : ""})`,
        common("pg_publication", { oid: "p.oid", owner: "p.pubowner" }),
      )}
    from pg_publication p where {only p.oid} and ${notOfExtension("pg_publication", "p.oid")}`,
};
