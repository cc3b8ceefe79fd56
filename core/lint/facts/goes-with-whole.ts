import { keyOf } from "../../catalog/model.ts";
import { wholeTrigger } from "../../catalog/whole-trigger.ts";
import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";

/** What a partition or a child got from its whole cannot be dropped by itself, and goes with it. */
export function goesWithWhole(
  { catalog, start }: MigrationContext,
  { kind, object, before }: Change,
): boolean {
  const now = before === null ? catalog.at(`${kind} ${object}`) : undefined;
  if (now?.kind === "index") {
    const whole = now.attributes.partitionOf;
    // That of the whole was there alone: ON ONLY made it.
    return whole !== undefined && catalog.atSavepoint(start, keyOf("index", whole)) === undefined;
  }
  const trigger = now && wholeTrigger(now);
  if (trigger !== undefined) return catalog.atSavepoint(start, trigger) === undefined;
  return (now?.kind === "column" || now?.kind === "constraint") && now.attributes.inherited === true;
}
