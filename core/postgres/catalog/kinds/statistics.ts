import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

export const statistics: KindReader = {
  catalog: "pg_statistic_ext",
  sources: ["pg_statistic_ext", "pg_description"],
  sql: () => `
    select s.oid, 0, 'statistics', ${qualified("n.nspname", "s.stxname")}, null,
      ${object(
        `'definition', pg_get_statisticsobjdef(s.oid) || case when s.stxstattarget >= 0 then ' SET STATISTICS ' || s.stxstattarget else '' end`,
        common("pg_statistic_ext", { oid: "s.oid", owner: "s.stxowner" }),
      )}
    from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
    where {only s.oid} and ${userSchema("n")} and ${notOfExtension("pg_statistic_ext", "s.oid")}`,
};
