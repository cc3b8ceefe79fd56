import type { StatementContext } from "../rule.ts";

/** Whoever wrote the migration has said that rows are lost by it. */
export function isDeclaredLossy({ migration }: Pick<StatementContext, "migration">): boolean {
  const { irreversible, lossy } = migration.declarations;
  return irreversible !== undefined || lossy !== undefined;
}

/** The last lines of a help text: how to say that a loss is meant. */
export const declareLoss = "where the loss is meant, say so\n  -- switchback: lossy <reason>";
