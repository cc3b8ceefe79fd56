import type { Node, PartitionBoundSpec, PartitionSpec } from "@pgsql/types";
import { literal } from "../../sql/literal.ts";
import { type CatalogObject, keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { quoteIdentifier } from "../quote-identifier.ts";
import { constantText } from "./constant-text.ts";
import { indexElements } from "./indexes.ts";
import { sqlText } from "./sql-text.ts";
import type { World } from "./world.ts";

const strategies: Readonly<Record<string, string>> = {
  PARTITION_STRATEGY_RANGE: "RANGE",
  PARTITION_STRATEGY_LIST: "LIST",
  PARTITION_STRATEGY_HASH: "HASH",
};

/** `RANGE (created_at)` */
export function partitionKey(world: World, spec: PartitionSpec): string {
  const elements = (spec.partParams ?? []).map(
    (node): Node =>
      "PartitionElem" in node
        ? {
            IndexElem: {
              ...node.PartitionElem,
              ordering: "SORTBY_DEFAULT",
              nulls_ordering: "SORTBY_NULLS_DEFAULT",
            },
          }
        : node,
  );
  return `${strategies[spec.strategy ?? ""] ?? ""} (${indexElements(world, elements).texts.join(", ")})`;
}

/** The columns of `RANGE (tenant, at)`, or an expression as it stands. */
export function partitionKeyParts({ attributes }: CatalogObject<"table">): string[] {
  const list = /^\w+ \((.*)\)$/.exec(attributes.partitionKey ?? "")?.[1] ?? "";
  return list.includes("(")
    ? [list]
    : [...list.matchAll(/("(?:[^"]|"")*"|[^\s,]+)[^,]*/g)].map(([, name = ""]) => name);
}

/**
 * A unique index of a partitioned table says nothing of rows in two partitions, unless its columns hold those of the
 * partition key; then it cannot be made (manual, 5.12.2.3). False where it fails.
 */
export function holdsPartitionKey(
  world: World,
  table: CatalogObject<"table">,
  what: string,
  columns: readonly string[],
): boolean {
  const parts = partitionKeyParts(table);
  const absent = parts.filter((part) => !columns.some((column) => quoteIdentifier(column) === part));
  if (table.attributes.partitionKey === undefined || absent.length === 0) return true;
  const whole = plainName(table.name);
  world.fail({
    reason: "refused",
    key: keyOf("table", table.name),
    condition: "feature_not_supported",
    why: `${what} of the partitioned table ${whole} has to hold ${absent.join(", ")}, by which it is partitioned`,
    help: absent.some((part) => part.includes("("))
      ? "make it on each partition instead: no key holds an expression"
      : `add ${absent.join(", ")} to its columns, or make it on each partition`,
  });
  return false;
}

/** A table may have thousands of partitions, and each new one asks. */
export function partitionsWithBound(
  world: World,
  parent: CatalogObject<"table">,
  bound: string,
): Iterable<CatalogObject<"table">> {
  const attributes = { partitionOf: parent.name, partitionBound: bound };
  return world.catalog.namesakesOf({ kind: "table", attributes }) as Iterable<CatalogObject<"table">>;
}

/** `FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`, with the values as PostgreSQL prints them, however they were written. */
export function partitionBound(
  world: World,
  parent: CatalogObject<"table">,
  bound: PartitionBoundSpec | undefined,
): string {
  if (!bound) return "";
  if (bound.is_default) return "DEFAULT";
  if (bound.strategy === "h")
    return `FOR VALUES WITH (modulus ${bound.modulus}, remainder ${bound.remainder ?? 0})`;
  const types = partitionKeyParts(parent).map((part) => keyType(world, parent, part));
  const [only] = types;
  if (bound.strategy === "l")
    return `FOR VALUES IN (${(bound.listdatums ?? []).map((node) => boundValue(node, only)).join(", ")})`;
  const list = (nodes: readonly Node[] = []) =>
    nodes.map((node, index) => boundValue(node, types[index])).join(", ");
  return `FOR VALUES FROM (${list(bound.lowerdatums)}) TO (${list(bound.upperdatums)})`;
}

/** The type of a column of the key; undefined for an expression. */
function keyType(world: World, parent: CatalogObject<"table">, part: string): string | undefined {
  const column = world.catalog.get("column", `${parent.name}.${part}`);
  return column?.attributes.type.replace(/\(.*?\)/, "");
}

function boundValue(node: Node, type: string | undefined): string {
  // MINVALUE and MAXVALUE
  if ("ColumnRef" in node) return sqlText(node).toUpperCase();
  const written = sqlText(node);
  const text = "A_Const" in node && node.A_Const.sval ? (node.A_Const.sval.sval ?? "") : written;
  if (type !== undefined && /^[+-]?\d+$/.test(text)) {
    if (type === "integer") return text.startsWith("-") ? literal(text) : text;
    if (type === "bigint" || type === "smallint") return literal(text);
  }
  return text === written || type === undefined ? written : literal(constantText(text, type));
}
