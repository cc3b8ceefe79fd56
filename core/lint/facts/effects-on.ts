import { addToList } from "../../catalog/add-to-list.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { Effect, Outcome } from "../../catalog/simulate/outcome.ts";
import { alongSteps } from "./along-steps.ts";

interface Step {
  readonly outcome: Pick<Outcome, "effects">;
}

/** One effect of one step. */
export interface EffectOn {
  readonly effect: Effect;
  /** The place of the step among all of them, 0-based. */
  readonly step: number;
  /** Counts the effects of all steps: of two in one step, the later one has the larger number. */
  readonly order: number;
}

/** What the steps did to an object, in order. A rename stands under both names. */
export function effectsOn(steps: readonly Step[], key: ObjectKey): readonly EffectOn[] {
  return byKey(steps).on.get(key) ?? [];
}

/** Every rename, in order. */
export function renamesAmong(steps: readonly Step[]): readonly EffectOn[] {
  return byKey(steps).renames;
}

interface ByKey {
  readonly on: Map<ObjectKey, EffectOn[]>;
  readonly renames: EffectOn[];
  count: number;
}

const byKey = alongSteps<Step, ByKey>(
  () => ({ on: new Map(), renames: [], count: 0 }),
  (known, { outcome }, step) => {
    for (const effect of outcome.effects) {
      const it = { effect, step, order: known.count++ };
      addToList(known.on, effect.key, it);
      if (effect.action !== "rename") continue;
      if (effect.to !== effect.key) addToList(known.on, effect.to, it);
      known.renames.push(it);
    }
  },
);
