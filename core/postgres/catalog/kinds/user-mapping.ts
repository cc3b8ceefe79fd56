import { foreignOptions, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** User mappings; the view hides the options of those that the reading role may not see. */
export const userMapping: KindReader = {
  catalog: "pg_user_mapping",
  sources: ["pg_user_mapping"],
  sql: () => `
    select u.umid, 0, 'user mapping',
      case when u.umuser = 0 then 'PUBLIC' else quote_ident(u.usename) end || ' SERVER ' || quote_ident(u.srvname), null,
      ${object(`'definition', 'OPTIONS (' || coalesce(${foreignOptions("u.umoptions")}, '') || ')'`)}
    from pg_user_mappings u where {only u.umid}`,
};
