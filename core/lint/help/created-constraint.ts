import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { TableCommand } from "../facts/table-command.ts";
import type { StatementContext } from "../rule.ts";

/** The name that a constraint gets, as SQL spells it: its own, else the one that PostgreSQL would choose. */
export function createdConstraint(
  { outcome }: StatementContext,
  { command, index, table }: TableCommand,
): string | undefined {
  if (command.def && "Constraint" in command.def && command.def.Constraint.conname) {
    return quoteIdentifier(command.def.Constraint.conname);
  }
  const prefix = `constraint ${table.key.slice("table ".length)}.`;
  const created = outcome.effects.find(
    (effect) => effect.action === "create" && effect.command === index && effect.key.startsWith(prefix),
  );
  return created && quoteIdentifier(lastPart(created.key));
}
