import type { FuncCall, TypeName } from "@pgsql/types";
import { strings } from "../../../catalog/simulate/relations.ts";
import { dictionary } from "../../../sql/dictionary.ts";
import type { NewerSyntax } from "./syntax.ts";

/** A call of one of PostgreSQL's own functions that this version does not have, if nobody else made it. */
export function newerFunction(
  { funcname, args }: FuncCall,
  postgres: number,
  isOwn: (name: string) => boolean,
): NewerSyntax | undefined {
  const [name, since] = known(funcname, functions);
  if (name === "random" && (args ?? []).length === 2 && postgres < 17)
    return { since: 17, words: "random(min, max)", instead: "write min + floor(random() * …)" };
  if (name === undefined || since === undefined || since <= postgres || isOwn(name)) return undefined;
  const instead = insteads[name];
  return { since, words: `${name}()`, ...(instead !== undefined && { instead }) };
}

/** The same of its types. */
export function newerType({ names }: TypeName, postgres: number): NewerSyntax | undefined {
  const [name, since] = known(names, types);
  return name === undefined || since === undefined || since <= postgres
    ? undefined
    : { since, words: `the type ${name}` };
}

/** What stands without a schema, or in PostgreSQL's. */
function known(
  names: FuncCall["funcname"],
  among: Readonly<Record<string, number>>,
): readonly [string?, (number | undefined)?] {
  const parts = strings(names);
  const name = parts.at(-1) ?? "";
  return parts.length > 1 && parts[0] !== "pg_catalog" ? [] : [name, among[name]];
}

/** Names that no older version has at all: appendix E of the manual, "Functions" of each release. */
const functions = since({
  18: "uuidv4 uuidv7 casefold crc32 crc32c array_sort array_reverse gamma lgamma",
  17: "uuid_extract_timestamp uuid_extract_version to_bin to_oct xmltext unicode_assigned",
  16: "any_value random_normal array_sample array_shuffle erf erfc date_add date_subtract pg_input_is_valid pg_input_error_info system_user",
  15: "regexp_count regexp_instr regexp_like regexp_substr",
  14: "date_bin bit_count trim_array string_to_table unistr range_agg bit_xor",
  13: "gen_random_uuid gcd lcm min_scale trim_scale jsonb_set_lax normalize is_normalized",
  12: "jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first sinh cosh tanh log10 pg_partition_tree pg_partition_root pg_partition_ancestors",
  11: "sha224 sha256 sha384 sha512 websearch_to_tsquery starts_with",
});

const types = since({
  14: "int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange",
  13: "xid8",
  12: "jsonpath",
  10: "macaddr8",
});

const insteads = dictionary({
  any_value: "write min(…)",
  gen_random_uuid: "create the extension pgcrypto, which has it",
  regexp_like: "write the operator ~",
  regexp_substr: "write substring(… FROM …)",
  string_to_table: "write unnest(string_to_array(…))",
  sha256: "write digest(…, 'sha256') of the extension pgcrypto",
  uuidv4: "write gen_random_uuid()",
});

function since(byVersion: Readonly<Record<number, string>>): Readonly<Record<string, number>> {
  return dictionary(
    Object.fromEntries(
      Object.entries(byVersion).flatMap(([version, names]) =>
        names.split(" ").map((name): [string, number] => [name, Number(version)]),
      ),
    ),
  );
}
