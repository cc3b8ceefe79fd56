import type { Savepoint } from "../catalog/catalog.ts";
import type { ObjectKey } from "../catalog/model.ts";
import { PastCatalog } from "../catalog/past-catalog.ts";
import type { Simulation } from "../catalog/simulate/simulation.ts";
import type { Report, StatementContext } from "./rule.ts";
import type { ActiveRule } from "./select-rules.ts";

type Plain = "after" | "atScriptStart" | "catalog" | "direction" | "existedBefore" | "report";

/** A statement after its simulation, and what tells old objects from new ones. */
export interface Subject extends Omit<StatementContext, Plain> {
  readonly simulation: Simulation;
  /** When the statement had not run yet. */
  readonly before: Savepoint;
  /** Before this script's first statement. */
  readonly scriptStart: Savepoint;
  readonly isNew: (origin: string) => boolean;
  /** A statement before it in the script could not be parsed. */
  readonly followsBroken: boolean;
}

/** Shows one statement to the rules. The catalog stays where it is: rules see it as it was before the statement. */
export function showToRules(
  subject: Subject,
  rules: readonly ActiveRule[],
  report: (rule: ActiveRule, report: Report) => void,
): void {
  let speaking: ActiveRule | undefined;
  // Spelt out: a spread copies property by property, and this runs for every statement.
  const context: StatementContext = {
    migration: subject.migration,
    script: subject.script,
    direction: subject.script.direction,
    parsed: subject.parsed,
    statement: subject.statement,
    outcome: subject.outcome,
    catalog: new PastCatalog(subject.simulation.catalog, subject.before),
    after: subject.simulation.catalog,
    transaction: subject.transaction,
    earlier: subject.earlier,
    postgres: subject.postgres,
    atScriptStart: (key) => subject.simulation.catalog.atSavepoint(subject.scriptStart, key),
    existedBefore: (key) => existedBefore(subject, key),
    report: (it) => {
      if (speaking) report(speaking, it);
    },
  };
  for (const active of rules) {
    speaking = active;
    active.rule.check.statement?.(context);
  }
}

/** Asked by nearly every rule, so it looks the object up in the journal and leaves the catalog where it stands. */
function existedBefore(
  { simulation, before, scriptStart, earlier, isNew, followsBroken }: Subject,
  key: ObjectKey,
): boolean {
  const { catalog } = simulation;
  const object = catalog.atSavepoint(before, key) ?? catalog.atSavepoint(scriptStart, key);
  if (object?.origin && isNew(object.origin.migration)) return false;
  if (simulation.isAssumed(key)) {
    // No statement was seen to make it: it was there before all of them, unless one that could not be followed made it,
    // or this script makes it and the migration that used it before stands in the wrong place.
    return !(
      followsBroken ||
      earlier.some(
        ({ outcome: { notAnalysed, failure, skipped } }) =>
          notAnalysed !== undefined || failure?.key === key || skipped.includes(key),
      )
    );
  }
  return object !== undefined;
}
