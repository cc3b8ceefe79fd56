import type { ObjectKey } from "../../catalog/model.ts";
import type { ScriptStep } from "../rule.ts";

export function isMadeBy({ outcome }: ScriptStep, key: ObjectKey): boolean {
  return outcome.effects.some((effect) => effect.action === "create" && effect.key === key);
}
