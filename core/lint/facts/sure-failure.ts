import type { Savepoint } from "../../catalog/catalog.ts";
import { kindIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import type { Failure } from "../../catalog/simulate/outcome.ts";
import { nearestWord } from "../../sql/nearest-word.ts";
import type { Statement } from "../../sql/statement.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";

/** Where PostgreSQL would stop a script. */
export interface SureFailure {
  readonly statement: Statement;
  /** Of an ALTER TABLE the subcommand, 0-based. */
  readonly command?: number | undefined;
  readonly failure: Failure;
  /** The catalog's state before the statement. */
  readonly before: Savepoint;
}

/** The statement at which PostgreSQL would stop the up, where the simulation can be sure of it. */
export function upFailure(context: MigrationContext): SureFailure | undefined {
  const { up } = context;
  if (!up || up.parsed.problem || up.notAnalysed.length > 0) return undefined;
  return firstFailure(context, up);
}

/** The same of the down, where the up would run. */
export function downFailure(context: MigrationContext): SureFailure | undefined {
  return context.down && isFollowed(context) ? firstFailure(context, context.down) : undefined;
}

/** What fails after the first one may fail because of it. */
function firstFailure(context: MigrationContext, { steps }: SimulatedScript): SureFailure | undefined {
  for (const { statement, outcome, before } of steps) {
    const { failure, failedCommand: command } = outcome;
    if (!failure) continue;
    return isSure(context, failure) ? { statement, command, failure, before } : undefined;
  }
  return undefined;
}

/** Both scripts parse, every statement could be followed, and the up would run. */
export function isFollowed(context: MigrationContext): boolean {
  const { up, down, migration } = context;
  if (!up || !down || migration.declarations.irreversible !== undefined) return false;
  if (up.parsed.problem || down.parsed.problem || up.steps.some(({ outcome }) => outcome.failure))
    return false;
  return up.notAnalysed.length === 0 && down.notAnalysed.length === 0;
}

function isSure(context: MigrationContext, failure: Failure): boolean {
  if (failure.reason !== "exists" && context.isUnseen(failure.key) && !isMisspelt(context, failure.key))
    return false;
  const keys = [
    failure.key,
    ...(failure.reason === "dependents" ? failure.dependents.map((dependent) => dependent.key) : []),
  ];
  return keys.every((key) => !isDoubtful(context, key));
}

/** Did the up make or change something of that kind whose name is nearly the same, and does the down not name it? */
export function isMisspelt({ catalog, start, afterUp, down }: MigrationContext, key: ObjectKey): boolean {
  const named = new Set(
    (down?.steps ?? []).flatMap(({ outcome }) =>
      outcome.effects.flatMap((effect) => (effect.action === "drop" && !effect.cascaded ? [effect.key] : [])),
    ),
  );
  const meant = [...catalog.since(start).keys()].filter(
    (candidate) =>
      kindIn(candidate) === kindIn(key) &&
      !named.has(candidate) &&
      catalog.atSavepoint(afterUp, candidate) !== undefined,
  );
  return nearestWord(lastPart(key), meant.map(lastPart)) !== undefined;
}

/** Touched by something that cannot be followed, or part of something from outside of the folder. */
export function isDoubtful(context: MigrationContext, key: ObjectKey): boolean {
  if (context.isUncertain(key)) return true;
  if (context.isAssumed(key)) return true;
  const parent = /^(?:column|constraint|trigger|policy|rule) (.+)\.(?:"(?:[^"]|"")*"|[^."]+)$/.exec(key)?.[1];
  if (parent === undefined) return false;
  return ["table", "view", "materialized view"].some(
    (kind) => context.isAssumed(`${kind} ${parent}`) || context.isUncertain(`${kind} ${parent}`),
  );
}
