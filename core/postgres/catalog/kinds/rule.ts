import { comment, notOfExtension, object, qualified, relationKey, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";
import { enabledState } from "./trigger.ts";

/** Rules except the one that makes a view a view. */
export const rule: KindReader = {
  catalog: "pg_rewrite",
  sources: ["pg_rewrite", "pg_description"],
  sql: () => `
    select w.oid, 0, 'rule', ${qualified("n.nspname", "c.relname")} || '.' || quote_ident(w.rulename),
      ${relationKey("c.relkind", "n.nspname", "c.relname")},
      ${object(
        `'definition', pg_get_ruledef(w.oid)`,
        `'enabled', ${enabledState("w.ev_enabled")}`,
        `'comment', ${comment("pg_rewrite", "w.oid")}`,
      )}
    from pg_rewrite w join pg_class c on c.oid = w.ev_class join pg_namespace n on n.oid = c.relnamespace
    where {only w.oid} and w.rulename <> '_RETURN' and ${userSchema("n")} and ${notOfExtension("pg_class", "c.oid")}`,
};
