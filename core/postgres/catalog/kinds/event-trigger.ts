import { comment, notOfExtension, object, owner } from "../fragments.ts";
import type { KindReader } from "../kind.ts";
import { enabledState } from "./trigger.ts";

export const eventTrigger: KindReader = {
  catalog: "pg_event_trigger",
  sources: ["pg_event_trigger", "pg_description"],
  sql: () => `
    select e.oid, 0, 'event trigger', quote_ident(e.evtname), null,
      ${object(
        `'definition', 'ON ' || e.evtevent || coalesce(' WHEN TAG IN (' ||
          (select string_agg(quote_literal(x), ', ' order by x) from unnest(e.evttags) x) || ')', '')`,
        `'function', e.evtfoid::regprocedure::text`,
        `'enabled', ${enabledState("e.evtenabled")}`,
        `'comment', ${comment("pg_event_trigger", "e.oid")}`,
        `'owner', ${owner("e.evtowner")}`,
      )}
    from pg_event_trigger e where {only e.oid} and ${notOfExtension("pg_event_trigger", "e.oid")}`,
};
