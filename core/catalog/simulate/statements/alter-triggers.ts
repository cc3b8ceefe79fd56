import type { AlterTableCmd, AlterTableType } from "@pgsql/types";
import { type CatalogObject, keyOf } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { clonesOf } from "../partition-triggers.ts";
import type { Relation } from "../relations.ts";
import type { World } from "../world.ts";

/** What ENABLE and DISABLE leave a trigger or a rule in. */
const states: Readonly<Partial<Record<AlterTableType, string>>> = {
  AT_EnableTrig: "enabled",
  AT_EnableTrigAll: "enabled",
  AT_EnableTrigUser: "enabled",
  AT_EnableAlwaysTrig: "always",
  AT_EnableReplicaTrig: "replica",
  AT_DisableTrig: "disabled",
  AT_DisableTrigAll: "disabled",
  AT_DisableTrigUser: "disabled",
  AT_EnableRule: "enabled",
  AT_EnableAlwaysRule: "always",
  AT_EnableReplicaRule: "replica",
  AT_DisableRule: "disabled",
};

/** Runs ENABLE or DISABLE of TRIGGER or RULE; false if the subcommand is about something else. */
export function setTriggers(
  world: World,
  relation: Relation,
  command: AlterTableCmd,
  alone: boolean,
): boolean {
  const state = command.subtype && states[command.subtype];
  if (state === undefined) return false;
  const kind = command.subtype?.endsWith("Rule") ? "rule" : "trigger";
  const only = command.name ? `${relation.name}.${quoteIdentifier(command.name)}` : undefined;
  for (const child of [...world.catalog.childrenOf(keyOf(relation.kind, relation.name))]) {
    if ((child.kind !== "trigger" && child.kind !== "rule") || child.kind !== kind) continue;
    if (only && child.name !== only) continue;
    // Those of the partitions follow.
    for (const part of child.kind === "trigger" && !alone ? [child, ...clonesOf(world, child)] : [child]) {
      const { enabled: _, ...attributes } = part.attributes;
      world.alter({
        ...part,
        attributes: state === "enabled" ? attributes : { ...attributes, enabled: state },
      } as CatalogObject);
    }
  }
  if (command.subtype === "AT_EnableTrigAll" || command.subtype === "AT_DisableTrigAll")
    setConstraints(world, relation, state === "disabled");
  if (
    only &&
    !world.catalog.has(keyOf(kind, only)) &&
    !world.assumed.has(keyOf(relation.kind, relation.name))
  ) {
    world.fail({ reason: "missing", key: keyOf(kind, only) });
  }
  return true;
}

/** ALL means the triggers of constraints too: of deferrable keys, and of foreign keys, which stand on both tables. */
function setConstraints(world: World, relation: Relation, disabled: boolean): void {
  const table = keyOf(relation.kind, relation.name);
  // What points to the table hangs on one of its keys.
  const parts = [...world.catalog.childrenOf(table)];
  const near = parts.flatMap((part) => [part, ...world.catalog.dependentsOf(keyOf(part.kind, part.name))]);
  for (const key of new Set(near.map(({ kind, name }) => keyOf(kind, name)))) {
    const constraint = world.catalog.at(key);
    if (constraint?.kind !== "constraint") continue;
    const { triggersDisabled: _, ...attributes } = constraint.attributes;
    const isForeign = attributes.type === "foreign key";
    if (!isForeign && !attributes.deferrable) continue;
    if (constraint.parent !== table && !(isForeign && attributes.references === relation.name)) continue;
    world.alter({
      ...constraint,
      attributes: { ...attributes, ...(disabled && { triggersDisabled: true as const }) },
    });
  }
}
