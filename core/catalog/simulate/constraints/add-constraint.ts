import type { Constraint } from "@pgsql/types";
import { strings, type Table } from "../relations.ts";
import type { World } from "../world.ts";
import { addCheck } from "./add-check.ts";
import { addForeignKey } from "./add-foreign-key.ts";
import { addKey } from "./add-key.ts";
import { addNotNull } from "./add-not-null.ts";

/**
 * Adds a table or column constraint with what it brings: an index, NOT NULL, a dependency on the other table's key.
 * `alone`: ONLY, the partitions get no key of theirs.
 */
export function addConstraint(
  world: World,
  table: Table,
  constraint: Constraint,
  column?: string,
  alone = false,
): void {
  switch (constraint.contype) {
    case "CONSTR_PRIMARY":
    case "CONSTR_UNIQUE":
    case "CONSTR_EXCLUSION":
      addKey(world, table, constraint, column, alone);
      break;
    case "CONSTR_FOREIGN":
      addForeignKey(world, table, constraint, column);
      break;
    case "CONSTR_CHECK":
      addCheck(world, table, constraint);
      break;
    case "CONSTR_NOTNULL":
      addNotNull(world, table, constraint, column ?? strings(constraint.keys)[0] ?? "");
      break;
  }
}
