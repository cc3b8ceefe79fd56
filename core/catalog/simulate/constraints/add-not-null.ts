import type { Constraint } from "@pgsql/types";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { setNotNull, type Table } from "../relations.ts";
import type { World } from "../world.ts";
import { putConstraint } from "./put-constraint.ts";
import { requireColumn } from "./require-column.ts";

/** A named NOT NULL: a column property before 18, a constraint of its own since. */
export function addNotNull(world: World, table: Table, constraint: Constraint, column: string): void {
  if (!requireColumn(world, table, column)) return;
  setNotNull(world, table, column);
  // One of a table, `ADD CONSTRAINT c NOT NULL a`, is nothing that older versions could read otherwise.
  if (!constraint.conname || (world.postgres < 18 && !constraint.keys)) return;
  putConstraint(world, table, constraint.conname, constraint, {
    type: "not null",
    definition: `NOT NULL ${quoteIdentifier(column)}`,
    columns: [quoteIdentifier(column)],
  });
}
