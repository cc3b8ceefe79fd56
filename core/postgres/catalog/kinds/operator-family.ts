import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";
import { members } from "./operator-members.ts";

export const operatorFamily: KindReader = {
  catalog: "pg_opfamily",
  sources: ["pg_opfamily", "pg_amop", "pg_amproc", "pg_description"],
  sql: () => `
    select f.oid, 0, 'operator family', ${qualified("n.nspname", "f.opfname")} || ' USING ' || quote_ident(am.amname), null,
      ${object(
        `'definition', ${members("f.oid")}`,
        common("pg_opfamily", { oid: "f.oid", owner: "f.opfowner" }),
      )}
    from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am am on am.oid = f.opfmethod
    where {only f.oid} and ${userSchema("n")} and ${notOfExtension("pg_opfamily", "f.oid")}`,
};
