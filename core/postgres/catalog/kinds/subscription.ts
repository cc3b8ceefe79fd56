import { common, object } from "../fragments.ts";
import type { KindReader, ServerFacts } from "../kind.ts";

const since = ({ major }: ServerFacts, version: number, sql: string) => (major >= version ? `, ${sql}` : "");

/** Subscriptions of this database. Only a superuser may read where they connect to. */
export const subscription: KindReader = {
  catalog: "pg_subscription",
  sources: ["pg_subscription", "pg_description"],
  sql: (server) => `
    select s.oid, 0, 'subscription', quote_ident(s.subname), null,
      ${object(
        `'definition', concat_ws(', ',
          ${server.superuser ? "'CONNECTION ' || quote_literal(s.subconninfo)," : ""}
          'PUBLICATION ' || array_to_string(s.subpublications, ', '), 'SLOT ' || s.subslotname,
          'SYNCHRONOUS_COMMIT ' || s.subsynccommit, case when not s.subenabled then 'DISABLED' end
          ${since(server, 14, "case when s.subbinary then 'BINARY' end")}
          ${since(server, 14, "'STREAMING ' || case s.substream::text when 'p' then 'parallel' when 'f' then 'off' when 'false' then 'off' else 'on' end")}
          ${since(server, 15, "case when s.subtwophasestate <> 'd' then 'TWO PHASE' end")}
          ${since(server, 15, "case when s.subdisableonerr then 'DISABLE ON ERROR' end")}
          ${since(server, 16, "case when not s.subpasswordrequired then 'NO PASSWORD' end")}
          ${since(server, 16, "case when s.subrunasowner then 'RUN AS OWNER' end")}
          ${since(server, 16, "'ORIGIN ' || s.suborigin")}
          ${since(server, 17, "case when s.subfailover then 'FAILOVER' end")})`,
        common("pg_subscription", { oid: "s.oid", owner: "s.subowner" }),
      )}
    from pg_subscription s
    where {only s.oid} and s.subdbid = (select oid from pg_database where datname = current_database())`,
};
