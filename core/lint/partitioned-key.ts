import type { Constraint } from "@pgsql/types";
import { plainName } from "../catalog/plain-name.ts";
import { indexColumns } from "./index-sql.ts";
import type { StatementContext } from "./rule.ts";
import { type Step, steps } from "./steps.ts";
import type { TableCommand } from "./table-command.ts";

/** How a partitioned table gets a key without being locked for its build. `first`: what must be done before. */
export function partitionedKeyHelp(
  { catalog }: StatementContext,
  { table }: TableCommand,
  constraint: Constraint,
  name: string,
  first: readonly Step[] = [],
): string {
  const kind = constraint.contype === "CONSTR_PRIMARY" ? "PRIMARY KEY" : "UNIQUE";
  const columns = indexColumns(constraint);
  let partition = "…";
  for (const { kind, name } of catalog.dependentsOf(table.key)) {
    const child = kind === "table" ? catalog.get("table", name) : undefined;
    if (child?.attributes.partitionOf === undefined) continue;
    partition = plainName(name);
    break;
  }
  return steps(
    ...first,
    {
      words: "here, which builds nothing",
      sql: [`ALTER TABLE ONLY ${table.name} ADD CONSTRAINT ${name} ${kind} ${columns};`],
    },
    {
      words: "then for each partition, the build alone in a migration of its own",
      sql: [
        `CREATE UNIQUE INDEX CONCURRENTLY … ON ${partition} ${columns};`,
        `ALTER TABLE ${partition} ADD CONSTRAINT … ${kind} USING INDEX …;`,
        `ALTER INDEX ${name} ATTACH PARTITION …;`,
      ],
    },
  );
}
