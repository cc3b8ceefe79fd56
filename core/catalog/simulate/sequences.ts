import type { Node } from "@pgsql/types";
import { dictionary } from "../../sql/dictionary.ts";
import type { AttributesOf, Dependency } from "../model.ts";
import { keyOf } from "../model.ts";
import { schemaOf } from "../schema-of.ts";
import { resolveType } from "./type-names.ts";
import type { World } from "./world.ts";

type SequenceAttributes = AttributesOf["sequence"];

const limits: Readonly<Record<string, { min: string; max: string }>> = dictionary({
  smallint: { min: "-32768", max: "32767" },
  integer: { min: "-2147483648", max: "2147483647" },
  bigint: { min: "-9223372036854775808", max: "9223372036854775807" },
});

/** Attributes of a sequence after its options; `before` is what ALTER SEQUENCE starts from. */
export function sequenceOptions(
  world: World,
  options: readonly Node[],
  type = "bigint",
  before?: SequenceAttributes,
): SequenceAttributes {
  const given = new Map<string, Node | undefined>();
  for (const option of options) {
    if ("DefElem" in option) given.set(option.DefElem.defname ?? "", option.DefElem.arg);
  }
  const as = given.get("as");
  const sequenceType = as && "TypeName" in as ? resolveType(world, as.TypeName).text : (before?.type ?? type);
  const increment = number(given.get("increment")) ?? before?.increment ?? "1";
  const descending = increment.startsWith("-");
  const range = usualBounds(sequenceType, descending);
  const same = before !== undefined && before.type === sequenceType;
  const min = number(given.get("minvalue")) ?? (same && !given.has("minvalue") ? before.min : range.min);
  const max = number(given.get("maxvalue")) ?? (same && !given.has("maxvalue") ? before.max : range.max);
  const cycle = given.get("cycle");
  const cycles = cycle && "Boolean" in cycle ? cycle.Boolean.boolval === true : before?.cycle === true;
  const { cycle: _, ...others } = before ?? {};
  return {
    ...others,
    type: sequenceType,
    start: number(given.get("start")) ?? before?.start ?? (descending ? max : min),
    increment,
    min,
    max,
    cache: number(given.get("cache")) ?? before?.cache ?? "1",
    ...(cycles && { cycle: true as const }),
  };
}

/** The bounds of a sequence that names none. */
export function usualBounds(type: string, descending: boolean): { min: string; max: string } {
  const range = limits[type] ?? { min: "1", max: "9223372036854775807" };
  return descending ? { min: range.min, max: "-1" } : { min: "1", max: range.max };
}

function number(node: Node | undefined): string | undefined {
  if (!node) return undefined;
  if ("Integer" in node) return String(node.Integer.ival ?? 0);
  return "Float" in node ? node.Float.fval : undefined;
}

export function createSequence(
  world: World,
  name: string,
  attributes: SequenceAttributes,
  owner: { readonly ownedBy?: string; readonly dependsOn: readonly Dependency[] },
): void {
  world.create({
    kind: "sequence",
    name,
    attributes: { ...attributes, ...(owner.ownedBy !== undefined && { ownedBy: owner.ownedBy }) },
    dependsOn: [{ on: keyOf("schema", schemaOf({ name })), type: "normal" }, ...owner.dependsOn],
  });
}

/** The column that OWNED BY names: `[schema.]table.column`, or nothing for NONE. */
export function ownedBy(options: readonly Node[]): readonly string[] | undefined {
  for (const option of options) {
    if (!("DefElem" in option) || option.DefElem.defname !== "owned_by") continue;
    const list = option.DefElem.arg;
    if (!list || !("List" in list)) return undefined;
    return (list.List.items ?? []).flatMap((item) => ("String" in item ? [item.String.sval ?? ""] : []));
  }
  return undefined;
}
