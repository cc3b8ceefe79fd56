import type { Node, PartitionBoundSpec } from "@pgsql/types";
import { escapePattern } from "../../sql/escape-pattern.ts";
import { keyOf } from "../model.ts";
import { quoteIdentifier } from "../quote-identifier.ts";
import { childrenOf } from "./descendants.ts";
import { optionValue } from "./options.ts";
import { partitionKeyParts } from "./partitions.ts";
import { columnOf, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/**
 * Do valid CHECKs show that every row of `table` fits `bound`, so that ATTACH PARTITION need not look (manual, ALTER
 * TABLE)? No theorem is proved here: a CHECK that names the key and the values of the bound was written for it. The key
 * must not be NULL either, which a comparison alone lets pass. Of a list it may name less than the bound.
 */
export function boundIsProved(world: World, parent: Table, table: Table, bound: PartitionBoundSpec): boolean {
  const checks = validChecks(world, table);
  // What is left for a default partition is everything as long as it is alone.
  if (bound.is_default)
    return childrenOf(world, parent).length === 0 || defaultIsProved(world, parent, table);
  if (bound.strategy === "h") return checks.some((check) => check.includes("satisfies_hash_partition("));
  const keys = partitionKeyParts(parent);
  const values = [bound.lowerdatums, bound.upperdatums, bound.listdatums].flatMap((list) =>
    (list ?? []).flatMap(constant),
  );
  const all = checks.join("\n");
  const named = values.filter((value) => all.includes(value));
  return (
    keys.every((key) => mentions(all, key) && (isNeverNull(world, table, key, all) || takesNull(bound))) &&
    (named.length === values.length || (bound.strategy === "l" && named.length > 0))
  );
}

/** Do valid CHECKs of the default partition say anything of the key? Its rows are looked at for the new bound otherwise. */
export function defaultIsProved(world: World, parent: Table, byDefault: Table): boolean {
  const all = validChecks(world, byDefault).join("\n");
  return partitionKeyParts(parent).every((key) => mentions(all, key));
}

function validChecks(world: World, table: Table): string[] {
  const checks: string[] = [];
  for (const child of world.catalog.childrenOf(keyOf("table", table.name))) {
    if (child.kind !== "constraint" || child.attributes.type !== "check") continue;
    if (!child.attributes.notValidated && !child.attributes.notEnforced)
      checks.push(child.attributes.definition);
  }
  return checks;
}

function mentions(checks: string, key: string): boolean {
  if (key.includes("(")) return checks.includes(key);
  return new RegExp(`(?<![\\w".])${escapePattern(key)}(?![\\w"])`).test(checks);
}

function isNeverNull(world: World, table: Table, key: string, checks: string): boolean {
  const name = key.startsWith('"') ? key.slice(1, -1).replaceAll('""', '"') : key;
  const column = columnOf(world, table, name);
  return column?.attributes.notNull === true || checks.includes(`${quoteIdentifier(name)} IS NOT NULL`);
}

function takesNull({ listdatums }: PartitionBoundSpec): boolean {
  return (listdatums ?? []).some((node) => "A_Const" in node && node.A_Const.isnull === true);
}

/** The value without its quotes; none for MINVALUE, NULL and what is computed. */
function constant(node: Node): string[] {
  if (!("A_Const" in node) || node.A_Const.isnull) return [];
  const { sval, ival, fval } = node.A_Const;
  if (sval) return [sval.sval ?? ""];
  if (ival) return [optionValue({ Integer: ival })];
  return fval ? [fval.fval ?? ""] : [];
}
