import type { CatalogObject } from "../../../catalog/model.ts";
import { readOptions, splitDefinition } from "../../../catalog/simulate/statements/foreign.ts";
import { exact, type ProposedStatement } from "./proposed.ts";
import { sqlKind } from "./sql-name.ts";

/** OPTIONS (…) that takes a list of a foreign object from how it is to how it was; undefined where both are alike. */
export function foreignOptions(is: string, was: string): string | undefined {
  const [now, before] = [readOptions(is), readOptions(was)];
  const actions = [
    ...[...before].flatMap(([name, value]) => {
      const has = now.get(name);
      return has === value ? [] : [`${has === undefined ? "ADD" : "SET"} ${name} ${value}`];
    }),
    ...[...now.keys()].flatMap((name) => (before.has(name) ? [] : [`DROP ${name}`])),
  ];
  return actions.length === 0 ? undefined : `OPTIONS (${actions.join(", ")})`;
}

/** `column_name 'ID'`: the options of a column of a foreign table, which stand in one list; undefined for `n_distinct=5`. */
export function foreignList(options: readonly string[] | undefined): string | undefined {
  const [list = ""] = options ?? [];
  return readOptions(list).size > 0 ? list : undefined;
}

/** A server is not dropped while foreign tables are on it; undefined where more than its options differs. */
export function alterForeign(now: CatalogObject, before: CatalogObject): ProposedStatement[] | undefined {
  if (!isForeign(now) || !isForeign(before)) return undefined;
  const [is, was] = [now, before].map(({ attributes }) => splitDefinition(attributes.definition));
  if (!is || !was || is.head !== was.head) return undefined;
  const options = foreignOptions(is.list, was.list);
  const mapped = before.kind === "user mapping" ? "FOR " : "";
  return options === undefined ? [] : [exact(`ALTER ${sqlKind(before)} ${mapped}${before.name} ${options}`)];
}

function isForeign(
  object: CatalogObject,
): object is CatalogObject<"server" | "user mapping" | "foreign-data wrapper"> {
  return ["server", "user mapping", "foreign-data wrapper"].includes(object.kind);
}
