import type { Constraint } from "@pgsql/types";
import { type AttributesOf, type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { qualify, quoteIdentifier } from "../../quote-identifier.ts";
import type { Table } from "../relations.ts";
import type { World } from "../world.ts";
import { deferrableOf, withFlags } from "./constraint-flags.ts";

type ConstraintAttributes = AttributesOf["constraint"];

export function putConstraint(
  world: World,
  table: Table,
  name: string,
  constraint: Constraint,
  attributes: Pick<
    ConstraintAttributes,
    "type" | "definition" | "columns" | "references" | "referencedColumns"
  >,
  dependsOn?: readonly Dependency[],
): ObjectKey | undefined {
  const fullName = `${table.name}.${quoteIdentifier(name)}`;
  const key = keyOf("constraint", fullName);
  if (world.catalog.has(key)) {
    world.fail({ reason: "exists", key });
    return undefined;
  }
  const notEnforced =
    constraint.is_enforced !== true && (attributes.type === "check" || attributes.type === "foreign key");
  return world.create({
    kind: "constraint",
    name: fullName,
    parent: keyOf("table", table.name),
    attributes: withFlags(attributes, {
      noInherit: constraint.is_no_inherit,
      deferrable: deferrableOf(constraint),
      notEnforced,
      notValidated: constraint.skip_validation,
    }),
    dependsOn:
      dependsOn ??
      attributes.columns.map((column) => ({
        on: keyOf("column", `${table.name}.${column}`),
        type: "auto" as const,
      })),
  });
}

/** Generated constraint names are unique in their schema, so that error messages stay clear. */
export function constraintTaken(world: World, table: Table, schema: string, name: string): boolean {
  if (world.catalog.has(keyOf("constraint", `${table.name}.${quoteIdentifier(name)}`))) return true;
  const suffix = `.${quoteIdentifier(name)}`;
  const schemaKey = keyOf("schema", qualify(schema));
  for (const other of world.catalog.namesakesOf({ kind: "constraint", name: suffix })) {
    const owner = world.catalog.at(other.parent ?? "");
    if (owner?.kind !== "table" || other.name !== owner.name + suffix) continue;
    if (owner.dependsOn.some(({ on }) => on === schemaKey)) return true;
  }
  return false;
}
