import { diffPairs } from "../../catalog/diff.ts";
import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";
import { isMadeBy } from "./made-by.ts";

/**
 * Did the up make this part of a table from outside of the folder, by a statement that fails where it is there already? Then
 * what is left of it is the up's, whatever else the table has.
 */
export function isSurelyMade(context: MigrationContext, { kind, object, before }: Change): boolean {
  const key = `${kind} ${object}`;
  if (before !== null || !/^(?:policy|trigger|rule|constraint)$/.test(kind)) return false;
  const parent = context.catalog.at(key)?.parent;
  if (context.isUncertain(key) || (parent !== undefined && context.isUncertain(parent))) return false;
  const steps = context.up?.steps ?? [];
  // DROP … IF EXISTS before it: it may have been there. Of a table that nobody saw yet no part is known.
  const passedOver = steps.flatMap(({ outcome }) => outcome.skipped);
  if (passedOver.includes(key) || (parent !== undefined && passedOver.includes(parent))) return false;
  return steps.some(
    ({ statement: { node }, outcome }) =>
      !("CreateTrigStmt" in node && node.CreateTrigStmt.replace) &&
      !("RuleStmt" in node && node.RuleStmt.replace) &&
      isMadeBy({ outcome }, key),
  );
}

/** The same where the table came into sight in this up only: to a comparison it is new, and its parts go without saying. */
export function leftOnUnseen(context: MigrationContext): Change[] {
  const { catalog, start } = context;
  const pairs = [...catalog.since(start)].flatMap(([key, before]) => {
    const after = catalog.at(key);
    const parent = after?.parent;
    if (before || parent === undefined || !context.isAssumed(parent)) return [];
    return catalog.atSavepoint(start, parent) === undefined ? [{ key, before, after }] : [];
  });
  return pairs.flatMap((pair) => diffPairs([pair], "after down")).filter((it) => isSurelyMade(context, it));
}
