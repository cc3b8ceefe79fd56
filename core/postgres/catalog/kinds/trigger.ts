import { comment, notOfExtension, object, qualified, relationKey, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** How a trigger or rule fires; absent where it fires as a new one does. */
export function enabledState(column: string): string {
  return `case ${column} when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' end`;
}

export const trigger: KindReader = {
  catalog: "pg_trigger",
  sources: ["pg_trigger", "pg_description"],
  sql: () => `
    select g.oid, 0, 'trigger', ${qualified("n.nspname", "c.relname")} || '.' || quote_ident(g.tgname),
      ${relationKey("c.relkind", "n.nspname", "c.relname")},
      ${object(
        `'definition', pg_get_triggerdef(g.oid)`,
        `'function', g.tgfoid::regprocedure::text`,
        `'enabled', ${enabledState("g.tgenabled")}`,
        `'comment', ${comment("pg_trigger", "g.oid")}`,
      )}
    from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where {only g.oid} and not g.tgisinternal and ${userSchema("n")} and ${notOfExtension("pg_class", "c.oid")}`,
};
