import { qualified } from "../fragments.ts";

/** Operators and functions of an operator family as one text; `where` narrows them to those of one class. */
export function members(
  family: string,
  where: (left: string, right: string) => string = () => "true",
): string {
  return `concat_ws(', ',
    (select string_agg('OPERATOR ' || m.amopstrategy || ' ' || m.amopopr::regoperator::text || coalesce(' FOR ORDER BY ' ||
        (select ${qualified("sn.nspname", "sf.opfname")} from pg_opfamily sf
          join pg_namespace sn on sn.oid = sf.opfnamespace where sf.oid = m.amopsortfamily), ''),
        ', ' order by m.amopstrategy, m.amopopr::regoperator::text)
      from pg_amop m where m.amopfamily = ${family} and ${where("m.amoplefttype", "m.amoprighttype")}),
    (select string_agg('FUNCTION ' || m.amprocnum || ' (' || format_type(m.amproclefttype, null) || ', '
        || format_type(m.amprocrighttype, null) || ') ' || m.amproc::oid::regprocedure::text,
        ', ' order by m.amprocnum, m.amproc::oid::regprocedure::text, m.amproclefttype, m.amprocrighttype)
      from pg_amproc m where m.amprocfamily = ${family} and ${where("m.amproclefttype", "m.amprocrighttype")}))`;
}
