import type { Node } from "@pgsql/types";
import type { CatalogView } from "../../catalog/past-catalog.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import { dictionary } from "../../sql/dictionary.ts";
import type { NewerSyntax } from "./newer-syntax.ts";

/** Functions that people write into migrations, by the version that has them first: manual, appendix E. */
const functions: Readonly<Record<string, number>> = dictionary({
  uuidv4: 18,
  uuidv7: 18,
  uuid_extract_timestamp: 17,
  uuid_extract_version: 17,
  to_bin: 17,
  to_oct: 17,
  any_value: 16,
  array_sample: 16,
  array_shuffle: 16,
  random_normal: 16,
  regexp_count: 15,
  regexp_instr: 15,
  regexp_substr: 15,
  date_bin: 14,
  string_to_table: 14,
  trim_array: 14,
});

/** The first call of a built-in function that is newer than this version; one that the folder makes itself is none. */
export function newerFunction(
  statement: Node,
  postgres: number,
  catalog: CatalogView,
): NewerSyntax | undefined {
  let found: NewerSyntax | undefined;
  walk(statement, (node) => {
    if (found || !("FuncCall" in node)) return undefined;
    const names = strings(node.FuncCall.funcname);
    const name = names.at(-1) ?? "";
    const since = functions[name];
    if (since === undefined || since <= postgres || (names.length > 1 && names[0] !== "pg_catalog"))
      return undefined;
    if (!isMade(catalog, name))
      found = { since, words: `calls of ${name}()`, instead: "make a function that does the same" };
    return undefined;
  });
  return found;
}

function isMade(catalog: CatalogView, name: string): boolean {
  for (const { kind, name: full } of catalog.objects())
    if ((kind === "function" || kind === "aggregate") && lastPart(full.replace(/\(.*$/s, "")) === name)
      return true;
  return false;
}
