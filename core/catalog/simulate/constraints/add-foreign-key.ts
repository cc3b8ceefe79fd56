import type { Constraint } from "@pgsql/types";
import { type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { nameParts } from "../columns.ts";
import { chooseName, joinColumnNames, truncateIdentifier } from "../generated-names.ts";
import { columnKey, requireRelation, strings, type Table } from "../relations.ts";
import type { World } from "../world.ts";
import { fitsKey } from "./fits-key.ts";
import { constraintTaken, putConstraint } from "./put-constraint.ts";
import { requireColumn } from "./require-column.ts";

export function addForeignKey(
  world: World,
  table: Table,
  constraint: Constraint,
  column: string | undefined,
): void {
  const columns = column ? [column] : strings(constraint.fk_attrs);
  for (const name of columns) if (!requireColumn(world, table, name)) return;
  const target = constraint.pktable && requireRelation(world, constraint.pktable, ["table"]);
  if (target?.kind !== "table" || refusesPartitioned(world, table, target, constraint)) return;
  const key = referencedKey(world, target, strings(constraint.pk_attrs));
  if (!key && !world.assumed.has(keyOf("table", target.name))) {
    const names = strings(constraint.pk_attrs).map(quoteIdentifier).join(", ");
    const referenced = plainName(target.name);
    world.fail({
      reason: "refused",
      key: keyOf("constraint", `${target.name}.${names}`),
      condition: "invalid_foreign_key",
      why: names
        ? `${referenced} has no primary key or unique constraint on ${names} for the foreign key`
        : `${referenced} has no primary key for the foreign key`,
      help: "add the key before the foreign key",
    });
    return;
  }
  const referenced = strings(constraint.pk_attrs).length
    ? strings(constraint.pk_attrs).map(quoteIdentifier)
    : (key?.columns ?? ["id"]);
  if (refusesTypes(world, table, columns, target, referenced)) return;
  const name =
    truncateIdentifier(constraint.conname ?? "") ||
    chooseName(nameParts(table).name, joinColumnNames(columns), "fkey", (candidate) =>
      constraintTaken(world, table, nameParts(table).schema, candidate),
    );
  const definition = [
    `FOREIGN KEY (${listed(columns.map(quoteIdentifier), constraint)}) REFERENCES ${target.name}(${listed(referenced, constraint)})`,
    constraint.fk_matchtype === "f" ? " MATCH FULL" : "",
    action(" ON UPDATE", constraint.fk_upd_action),
    action(" ON DELETE", constraint.fk_del_action),
    constraint.fk_del_set_cols?.length
      ? ` (${strings(constraint.fk_del_set_cols).map(quoteIdentifier).join(", ")})`
      : "",
  ].join("");
  const own = columns.map((name) => columnKey(table, name));
  const others = referenced.map((name) => keyOf("column", `${target.name}.${name}`));
  const dependsOn: Dependency[] = [
    ...own.map((on) => ({ on, type: "auto" as const })),
    // One that points to itself falls with the column.
    ...others.filter((on) => !own.includes(on)).map((on) => ({ on, type: "normal" as const })),
    ...(key?.index ? [{ on: key.index, type: "normal" as const }] : []),
  ];
  putConstraint(
    world,
    table,
    name,
    constraint,
    {
      type: "foreign key",
      definition,
      columns: columns.map(quoteIdentifier),
      references: target.name,
      referencedColumns: referenced,
    },
    dependsOn.filter((dependency) => world.catalog.has(dependency.on)),
  );
}

/** The last column of a temporal key is a PERIOD, since 18. */
function listed(columns: readonly string[], { fk_with_period }: Constraint): string {
  const last = columns.length - 1;
  return columns
    .map((column, at) => (fk_with_period && at === last ? `PERIOD ${column}` : column))
    .join(", ");
}

/** 42804: no operator compares the two. True where it fails. */
function refusesTypes(
  world: World,
  table: Table,
  columns: readonly string[],
  target: Table,
  referenced: readonly string[],
): boolean {
  for (const [place, column] of columns.entries()) {
    const mine = world.catalog.at(columnKey(table, column));
    const its = world.catalog.at(keyOf("column", `${target.name}.${referenced[place]}`));
    if (mine?.kind !== "column" || its?.kind !== "column") continue;
    const [type, wanted] = [mine.attributes.type, its.attributes.type];
    if (fitsKey(type, wanted) || world.uncertain.has(columnKey(table, column))) continue;
    world.fail({
      reason: "refused",
      key: columnKey(table, column),
      condition: "datatype_mismatch",
      why: `${plainName(mine.name)} is of type ${type}, and the foreign key refers to ${plainName(its.name)} of type ${wanted}`,
      help: `give both the same type, ${wanted} or ${type}`,
    });
    return true;
  }
  return false;
}

/** What foreign keys of and to partitioned tables learned late (release notes of 11, 12 and 18). */
function refusesPartitioned(world: World, table: Table, target: Table, constraint: Constraint): boolean {
  const refuse = (whole: Table, why: string, help: string) => {
    const key = keyOf("table", whole.name);
    world.fail({ reason: "refused", key, condition: "wrong_object_type", why, help });
    return true;
  };
  const { postgres } = world;
  if (postgres < 12 && target.attributes.partitionKey !== undefined)
    return refuse(
      target,
      `before 12 no foreign key refers to a partitioned table, as ${plainName(target.name)} is`,
      "refer to a table that is not partitioned, or upgrade first",
    );
  if (table.attributes.partitionKey === undefined) return false;
  if (postgres < 11)
    return refuse(
      table,
      `before 11 a partitioned table, as ${plainName(table.name)} is, has no foreign key`,
      "add it to each partition",
    );
  if (postgres >= 18 || !constraint.skip_validation) return false;
  return refuse(
    table,
    `before 18 the foreign key of a partitioned table, as ${plainName(table.name)} is, cannot be NOT VALID`,
    "add it NOT VALID to each partition, validate those, and then add it to the whole, which takes them over without a scan",
  );
}

const actions: Readonly<Record<string, string>> = {
  r: "RESTRICT",
  c: "CASCADE",
  n: "SET NULL",
  d: "SET DEFAULT",
};

function action(clause: string, code: string | undefined): string {
  const name = actions[code ?? ""];
  return name === undefined ? "" : `${clause} ${name}`;
}

/** The unique index that a foreign key rests on: the primary key, or the one over just these columns. */
function referencedKey(
  world: World,
  table: Table,
  columns: readonly string[],
): { columns: readonly string[]; index: ObjectKey } | undefined {
  const wanted = columns.map(quoteIdentifier).sort().join(",");
  let found: { columns: readonly string[]; index: ObjectKey } | undefined;
  for (const child of world.catalog.childrenOf(keyOf("table", table.name))) {
    if (child.kind !== "index" || !child.attributes.unique || child.attributes.predicate) continue;
    const owner = child.attributes.constraint && world.catalog.at(child.attributes.constraint);
    const primary = owner && owner.kind === "constraint" && owner.attributes.type === "primary key";
    const matches =
      columns.length === 0 ? primary : [...child.attributes.columns].sort().join(",") === wanted;
    if (!matches) continue;
    const key = { columns: child.attributes.columns, index: keyOf("index", child.name) };
    if (primary) return key;
    found ??= key;
  }
  return found;
}
