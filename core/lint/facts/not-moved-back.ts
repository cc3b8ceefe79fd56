import { nameIn, tableOf } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";
import { columnWasCopied, columnWasFilled, rowsWereCopied, rowsWereCopiedInto } from "./copied-rows.ts";

/**
 * What the up moved somewhere else before it dropped it, and the step of the down makes again: its values are there to
 * be fetched, and nothing fetches them.
 */
export function notMovedBack(context: MigrationContext, step: number): ObjectKey[] {
  const { up, down, catalog, afterUp } = context;
  const made = (down?.steps[step]?.outcome.effects ?? []).flatMap((it) =>
    it.action === "create" && !it.replaced ? [it.key] : [],
  );
  // A table brings its columns along.
  const tables = made.filter((key) => key.startsWith("table "));
  const columns = made.filter((key) => key.startsWith("column ") && !tables.includes(tableOf(key)));
  const later = { earlier: down?.steps.slice(step) ?? [] };
  return [...tables, ...columns].filter((key) => {
    const earlier = beforeDrop(up, key);
    // Where the up makes another one of the name, it is the up that leaves the rows behind.
    if (earlier === undefined || catalog.atSavepoint(afterUp, key) !== undefined) return false;
    if (!key.startsWith("column "))
      return rowsWereCopied({ earlier }, lastPart(key)) && !rowsWereCopiedInto(later, key);
    const table = tableOf(key);
    return (
      columnWasCopied({ earlier }, nameIn(table), lastPart(key)) &&
      !columnWasFilled(later, lastPart(key)) &&
      !rowsWereCopiedInto(later, table)
    );
  });
}

/** The steps before the one that names what it drops; undefined where none does. */
function beforeDrop(up: SimulatedScript | undefined, key: ObjectKey): SimulatedScript["steps"] | undefined {
  const at = up?.steps.findIndex(({ outcome }) =>
    outcome.effects.some((effect) => effect.action === "drop" && effect.key === key && !effect.cascaded),
  );
  return at === undefined || at < 0 ? undefined : up?.steps.slice(0, at);
}
