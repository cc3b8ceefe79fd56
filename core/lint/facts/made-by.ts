import type { ObjectKey } from "../../catalog/model.ts";
import type { Outcome } from "../../catalog/simulate/outcome.ts";
import { effectsOn } from "./effects-on.ts";

interface Step {
  readonly outcome: Pick<Outcome, "effects">;
}

/** Did the statement create it? */
export function isMadeBy({ outcome }: Step, key: ObjectKey): boolean {
  return outcome.effects.some((effect) => effect.action === "create" && effect.key === key);
}

/** The last of the steps that created it. */
export function makerOf<T extends Step>(steps: readonly T[], key: ObjectKey): T | undefined {
  const made = effectsOn(steps, key).findLast(({ effect }) => effect.action === "create");
  return made && steps[made.step];
}
