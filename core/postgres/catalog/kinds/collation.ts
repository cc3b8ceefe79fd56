import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** Collations. Their recorded library version belongs to the machine, not to the migration. */
export const collation: KindReader = {
  catalog: "pg_collation",
  sources: ["pg_collation", "pg_description"],
  sql: ({ major }) => `
    select c.oid, 0, 'collation', ${qualified("n.nspname", "c.collname")}, null,
      ${object(
        `'definition', concat_ws(', ',
          'PROVIDER = ' || case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' when 'c' then 'libc' else 'default' end,
          'LC_COLLATE = ' || quote_literal(c.collcollate), 'LC_CTYPE = ' || quote_literal(c.collctype)
          ${major >= 17 ? ", 'LOCALE = ' || quote_literal(c.colllocale)" : major >= 15 ? ", 'LOCALE = ' || quote_literal(c.colliculocale)" : ""}
          ${major >= 16 ? ", 'RULES = ' || quote_literal(c.collicurules)" : ""},
          case when not c.collisdeterministic then 'DETERMINISTIC = false' end)`,
        common("pg_collation", { oid: "c.oid", owner: "c.collowner" }),
      )}
    from pg_collation c join pg_namespace n on n.oid = c.collnamespace
    where {only c.oid} and ${userSchema("n")} and ${notOfExtension("pg_collation", "c.oid")}`,
};
