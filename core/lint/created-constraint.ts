import { lastPart, quoteIdentifier } from "../catalog/quote-identifier.ts";
import type { StatementContext } from "./rule.ts";
import type { TableCommand } from "./table-command.ts";

/** The name that a constraint gets, as SQL spells it: its own, else the one that PostgreSQL would choose. */
export function createdConstraint(
  { outcome }: StatementContext,
  { command, table }: TableCommand,
): string | undefined {
  if (command.def && "Constraint" in command.def && command.def.Constraint.conname) {
    return quoteIdentifier(command.def.Constraint.conname);
  }
  const prefix = `constraint ${table.key.slice("table ".length)}.`;
  const created = outcome.effects.filter(({ action, key }) => action === "create" && key.startsWith(prefix));
  const [only] = created;
  // With several constraints in one statement it cannot be told which is whose.
  return only && created.length === 1 ? quoteIdentifier(lastPart(only.key)) : undefined;
}
