import type { ObjectKey } from "../../catalog/model.ts";
import type { Outcome } from "../../catalog/simulate/outcome.ts";
import type { StatementContext } from "../rule.ts";
import { alongSteps } from "./along-steps.ts";
import { effectsOn } from "./effects-on.ts";

/** Did TRUNCATE, earlier in this script, leave no row to go through, and has none come since? */
export function isEmptied({ earlier }: StatementContext, table: ObjectKey): boolean {
  const last = effectsOn(earlier, table).findLast(
    ({ effect }) => effect.action === "write" && (effect.verb === "truncate" || effect.verb === "insert"),
  );
  return (
    last?.effect.action === "write" && last.effect.verb === "truncate" && last.step >= unseen(earlier).last
  );
}

/** The last step that may have done anything. */
const unseen = alongSteps<{ readonly outcome: Outcome }, { last: number }>(
  () => ({ last: -1 }),
  (known, { outcome }, place) => {
    if (outcome.notAnalysed !== undefined) known.last = place;
  },
);
