import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";

/** What a partition or a child got from its whole cannot be dropped by itself, and goes with it. */
export function goesWithWhole({ catalog }: MigrationContext, { kind, object, before }: Change): boolean {
  const now = before === null ? catalog.at(`${kind} ${object}`) : undefined;
  if (now?.kind === "index") return now.attributes.partitionOf !== undefined;
  return (now?.kind === "column" || now?.kind === "constraint") && now.attributes.inherited === true;
}
