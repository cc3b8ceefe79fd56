import type { Constraint } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { nameParts } from "../columns.ts";
import { chooseName } from "../generated-names.ts";
import { notNullConstraint } from "../proved-not-null.ts";
import { setNotNull, type Table } from "../relations.ts";
import type { World } from "../world.ts";
import { constraintTaken, putConstraint } from "./put-constraint.ts";
import { requireColumn } from "./require-column.ts";

/** A named NOT NULL: a column property before 18, a constraint of its own since. */
export function addNotNull(world: World, table: Table, constraint: Constraint, column: string): void {
  if (!requireColumn(world, table, column)) return;
  if (world.postgres >= 18 && isThere(world, table, constraint, column)) return;
  setNotNull(world, table, column);
  // One of a table, `ADD CONSTRAINT c NOT NULL a`, is nothing that older versions could read otherwise.
  const name = constraint.conname ?? nameOfUnusual(world, table, constraint, column);
  if (!name || (world.postgres < 18 && !constraint.keys)) return;
  putConstraint(world, table, name, constraint, {
    type: "not null",
    definition: `NOT NULL ${quoteIdentifier(column)}`,
    columns: [quoteIdentifier(column)],
  });
}

/** One that nobody named is an object only where it is not like any other. */
function nameOfUnusual(
  world: World,
  table: Table,
  { is_no_inherit, skip_validation }: Constraint,
  column: string,
): string | undefined {
  if (world.postgres < 18 || !(is_no_inherit || skip_validation)) return undefined;
  const { name, schema } = nameParts(table);
  return chooseName(name, column, "not_null", (taken) => constraintTaken(world, table, schema, taken));
}

/** A column has one, whatever it is called: asked for again it stays, under another name it is refused (AdjustNotNullInheritance). */
function isThere(
  world: World,
  table: Table,
  { conname, skip_validation }: Constraint,
  column: string,
): boolean {
  const known = notNullConstraint(world, table, column);
  if (!known) return false;
  const isOther = conname !== undefined && lastPart(known.name) !== conname;
  if (!isOther && (skip_validation || !known.attributes.notValidated)) return true;
  const [of, own, shown] = [table.name, `${table.name}.${quoteIdentifier(column)}`, known.name].map(
    plainName,
  );
  const now = quoteIdentifier(lastPart(known.name));
  world.fail({
    reason: "refused",
    key: keyOf("constraint", known.name),
    condition: "object_not_in_prerequisite_state",
    why: isOther
      ? `column ${own} has a NOT NULL constraint of another name already, ${shown}`
      : `constraint ${shown} is there already, and NOT VALID`,
    help: isOther
      ? `rename that one\n  ALTER TABLE ${of} RENAME CONSTRAINT ${now} TO ${quoteIdentifier(conname)};`
      : `validate that one\n  ALTER TABLE ${of} VALIDATE CONSTRAINT ${now};`,
  });
  return true;
}
