import type { CatalogObject, ObjectKey } from "./model.ts";

/** The trigger of the partitioned table that a partition has its own from; it goes with it, and by nothing else. */
export function wholeTrigger({ kind, dependsOn }: CatalogObject): ObjectKey | undefined {
  return kind === "trigger" ? dependsOn.find(({ on }) => on.startsWith("trigger "))?.on : undefined;
}
