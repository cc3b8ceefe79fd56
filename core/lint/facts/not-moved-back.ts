import type { Node } from "@pgsql/types";
import { nameIn, tableOf } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";
import { columnWasCopied, rowsWereCopied } from "./copied-rows.ts";
import { effectsOn } from "./effects-on.ts";

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
  return [...tables, ...columns].filter((key) => {
    const drop = placeOfDrop(up, key);
    // Where the up makes another one of the name, it is the up that leaves the rows behind.
    if (!up || drop === undefined || catalog.atSavepoint(afterUp, key) !== undefined) return false;
    const table = tableOf(key);
    const isMoved = key.startsWith("column ")
      ? columnWasCopied(up.steps, nameIn(table), lastPart(key), drop)
      : rowsWereCopied(up.steps, lastPart(key), drop);
    return isMoved && down?.steps.slice(step).some((it) => mayFill(it, table)) !== true;
  });
}

/** By INSERT, UPDATE, MERGE or COPY, or in a function whose body nobody reads here. */
function mayFill(
  { statement: { node }, outcome }: SimulatedScript["steps"][number],
  table: ObjectKey,
): boolean {
  if ("CallStmt" in node) return true;
  if ("CreateTableAsStmt" in node && outcome.effects.some((it) => it.action === "create" && it.key === table))
    return true;
  const writes = outcome.effects.some(
    (it) => it.action === "write" && it.key === table && (it.verb === "insert" || it.verb === "update"),
  );
  return writes || ("SelectStmt" in node && callsFunction(node));
}

function callsFunction(node: Node): boolean {
  let found = false;
  walk(node, (part) => {
    if ("FuncCall" in part) found ||= !ofSession.has(strings(part.FuncCall.funcname).at(-1) ?? "");
    return undefined;
  });
  return found;
}

/** Functions that a script selects for their effect, and that write no row. */
const ofSession = new Set(["set_config", "setval", "nextval", "pg_get_serial_sequence", "max", "coalesce"]);

/** The place of the step that drops it by its name; undefined where none does. */
function placeOfDrop(up: SimulatedScript | undefined, key: ObjectKey): number | undefined {
  return effectsOn(up?.steps ?? [], key).find(({ effect }) => effect.action === "drop" && !effect.cascaded)
    ?.step;
}
