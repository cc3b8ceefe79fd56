import { comment, list, object } from "../fragments.ts";
import type { KindReader } from "../kind.ts";

/** ALTER FUNCTION … DEPENDS ON EXTENSION: noticed as the coming and going of members is. */
const dependents = `(select ${list("array_agg(i.type || ' ' || i.identity order by i.type, i.identity)")}
        from pg_depend d, pg_identify_object(d.classid, d.objid, d.objsubid) i
        where d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'x')`;

export const extension: KindReader = {
  catalog: "pg_extension",
  sources: ["pg_extension", "pg_description"],
  sql: () => `
    select e.oid, 0, 'extension', quote_ident(e.extname), null,
      ${object(
        `'schema', e.extnamespace::regnamespace::text`,
        `'version', e.extversion`,
        `'dependents', ${dependents}`,
        `'comment', ${comment("pg_extension", "e.oid")}`,
      )}
    from pg_extension e where {only e.oid}`,
};
