import type { Constraint } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { nameParts } from "../columns.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import { chooseName, truncateIdentifier } from "../generated-names.ts";
import { withLiteralTypes } from "../literal-types.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import type { Table } from "../relations.ts";
import type { World } from "../world.ts";
import { constraintTaken, putConstraint } from "./put-constraint.ts";

export function addCheck(world: World, table: Table, constraint: Constraint): void {
  const { columns, dependsOn } = expressionDependencies(world, constraint.raw_expr, table);
  const parts = nameParts(table);
  const name =
    truncateIdentifier(constraint.conname ?? "") ||
    chooseName(parts.name, columns.length === 1 ? columns[0] : undefined, "check", (candidate) =>
      constraintTaken(world, table, parts.schema, candidate),
    );
  const text = constraint.raw_expr
    ? qualifiedSql(world, withLiteralTypes(world, constraint.raw_expr, table))
    : "";
  putConstraint(
    world,
    table,
    name,
    constraint,
    { type: "check", definition: `CHECK ((${text}))`, columns: columns.map(quoteIdentifier) },
    [
      // CHECK (false): a constraint of no column is one of the table.
      ...(columns.length === 0 ? [{ on: keyOf("table", table.name), type: "auto" as const }] : []),
      ...dependsOn.map((dependency) =>
        dependency.on.startsWith("column ") ? { ...dependency, type: "auto" as const } : dependency,
      ),
    ],
  );
}
