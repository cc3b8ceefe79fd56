import { common, notOfExtension, object, qualified, userSchema } from "../fragments.ts";
import type { KindReader } from "../kind.ts";
import { members } from "./operator-members.ts";

export const operatorClass: KindReader = {
  catalog: "pg_opclass",
  sources: ["pg_opclass", "pg_opfamily", "pg_amop", "pg_amproc", "pg_description"],
  sql: () => `
    select o.oid, 0, 'operator class', ${qualified("n.nspname", "o.opcname")} || ' USING ' || quote_ident(am.amname), null,
      ${object(
        `'definition', concat_ws(', ', case when o.opcdefault then 'DEFAULT' end,
          'FOR TYPE ' || format_type(o.opcintype, null),
          'FAMILY ' || ${qualified("fn.nspname", "f.opfname")},
          'STORAGE ' || format_type(nullif(o.opckeytype, 0), null),
          nullif(${members("o.opcfamily", (left, right) => `${left} = o.opcintype and ${right} = o.opcintype`)}, ''))`,
        common("pg_opclass", { oid: "o.oid", owner: "o.opcowner" }),
      )}
    from pg_opclass o
      join pg_namespace n on n.oid = o.opcnamespace
      join pg_am am on am.oid = o.opcmethod
      join pg_opfamily f on f.oid = o.opcfamily
      join pg_namespace fn on fn.oid = f.opfnamespace
    where {only o.oid} and ${userSchema("n")} and ${notOfExtension("pg_opclass", "o.oid")}`,
};
