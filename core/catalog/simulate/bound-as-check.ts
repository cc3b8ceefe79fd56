import type { Constraint, PartitionBoundSpec } from "@pgsql/types";
import { parseSql } from "../../sql/parse.ts";
import { keyOf } from "../model.ts";
import { boundIsProved } from "./bound-is-proved.ts";
import { addConstraint } from "./constraints/add-constraint.ts";
import { partitionKeyParts } from "./partitions.ts";
import { columnOf, type Table } from "./relations.ts";
import type { World } from "./world.ts";

/**
 * DETACH CONCURRENTLY leaves the bound behind as a CHECK, unless one says the same already
 * (DetachAddConstraintIfNeeded). The table is uncertain where the bound is more than a range or a list of one column.
 */
export function keepBoundAsCheck(world: World, parent: Table, partition: Table): void {
  const bound = partition.attributes.partitionBound ?? "";
  const made = parseSql(`CREATE TABLE p PARTITION OF t ${bound}`).statements[0]?.node;
  const spec = made && "CreateStmt" in made ? made.CreateStmt.partbound : undefined;
  if (!spec || boundIsProved(world, parent, partition, spec)) return;
  const check = checkOf(world, parent, bound, spec);
  if (check) addConstraint(world, partition, check);
  else world.uncertain.add(keyOf("table", partition.name));
}

function checkOf(
  world: World,
  parent: Table,
  bound: string,
  { strategy }: PartitionBoundSpec,
): Constraint | undefined {
  const [key, second] = partitionKeyParts(parent);
  if (key === undefined || second !== undefined || key.includes("(")) return undefined;
  const conditions =
    strategy === "l"
      ? ofList(key, bound, columnOf(world, parent, key.replaceAll('"', ""))?.attributes.type)
      : ofRange(key, bound);
  if (!conditions) return undefined;
  const sql = `ALTER TABLE t ADD CHECK (${[`${key} IS NOT NULL`, ...conditions].map((it) => `(${it})`).join(" AND ")})`;
  const added = parseSql(sql).statements[0]?.node;
  const [command] = added && "AlterTableStmt" in added ? (added.AlterTableStmt.cmds ?? []) : [];
  const def = command && "AlterTableCmd" in command ? command.AlterTableCmd.def : undefined;
  return def && "Constraint" in def ? def.Constraint : undefined;
}

function ofList(key: string, bound: string, type: string | undefined): string[] | undefined {
  const list = /^FOR VALUES IN \((.*)\)$/.exec(bound)?.[1];
  if (list === undefined || /\bNULL\b/.test(list)) return undefined;
  if (/^(?:'(?:[^']|'')*'|[^',]+)$/.test(list)) return [`${key} = ${list}`];
  const values = list.split(", ").map((value) => value.replace(/^'(.*)'$/, "$1"));
  if (type === undefined || !values.every((value) => /^[\w-]+$/.test(value))) return undefined;
  return [`${key} = ANY ('{${values.join()}}'::${type}[])`];
}

function ofRange(key: string, bound: string): string[] | undefined {
  const [, lower, upper] = /^FOR VALUES FROM \(([^(),]+)\) TO \(([^(),]+)\)$/.exec(bound) ?? [];
  if (lower === undefined || upper === undefined) return undefined;
  return [
    ...(lower === "MINVALUE" ? [] : [`${key} >= ${lower}`]),
    ...(upper === "MAXVALUE" ? [] : [`${key} < ${upper}`]),
  ];
}
