import type { ObjectKey } from "../../catalog/model.ts";
import type { Outcome } from "../../catalog/simulate/outcome.ts";

interface Step {
  readonly outcome: Pick<Outcome, "effects">;
}

/** Did the statement create it? */
export function isMadeBy({ outcome }: Step, key: ObjectKey): boolean {
  return outcome.effects.some((effect) => effect.action === "create" && effect.key === key);
}
