import type { AlterTableCmd, AlterTableType } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import type { Relation } from "../relations.ts";
import type { World } from "../world.ts";

/** What ENABLE and DISABLE TRIGGER leave a trigger in. */
const triggerStates: Readonly<Partial<Record<AlterTableType, string>>> = {
  AT_EnableTrig: "enabled",
  AT_EnableTrigAll: "enabled",
  AT_EnableTrigUser: "enabled",
  AT_EnableAlwaysTrig: "always",
  AT_EnableReplicaTrig: "replica",
  AT_DisableTrig: "disabled",
  AT_DisableTrigAll: "disabled",
  AT_DisableTrigUser: "disabled",
};

/** Runs ENABLE or DISABLE TRIGGER; false if the subcommand is about something else. */
export function setTriggers(world: World, relation: Relation, command: AlterTableCmd): boolean {
  const state = command.subtype && triggerStates[command.subtype];
  if (state === undefined) return false;
  const only = command.name ? `${relation.name}.${quoteIdentifier(command.name)}` : undefined;
  for (const child of [...world.catalog.childrenOf(keyOf(relation.kind, relation.name))]) {
    if (child.kind !== "trigger" || (only && child.name !== only)) continue;
    const { enabled: _, ...attributes } = child.attributes;
    world.alter({
      ...child,
      attributes: state === "enabled" ? attributes : { ...attributes, enabled: state },
    });
  }
  if (
    only &&
    !world.catalog.has(keyOf("trigger", only)) &&
    !world.assumed.has(keyOf(relation.kind, relation.name))
  ) {
    world.fail({ reason: "missing", key: keyOf("trigger", only) });
  }
  return true;
}
