import type { Node } from "@pgsql/types";
import { nameIn, tableOf } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";
import { columnWasCopied, rowsWereCopied } from "./copied-rows.ts";

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
  const later = down?.steps.slice(step) ?? [];
  return [...tables, ...columns].filter((key) => {
    const earlier = beforeDrop(up, key);
    // Where the up makes another one of the name, it is the up that leaves the rows behind.
    if (earlier === undefined || catalog.atSavepoint(afterUp, key) !== undefined) return false;
    const table = tableOf(key);
    const isMoved = key.startsWith("column ")
      ? columnWasCopied({ earlier }, nameIn(table), lastPart(key))
      : rowsWereCopied({ earlier }, lastPart(key));
    return isMoved && !later.some((it) => mayFill(it, table));
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

/** The steps before the one that names what it drops; undefined where none does. */
function beforeDrop(up: SimulatedScript | undefined, key: ObjectKey): SimulatedScript["steps"] | undefined {
  const at = up?.steps.findIndex(({ outcome }) =>
    outcome.effects.some((effect) => effect.action === "drop" && effect.key === key && !effect.cascaded),
  );
  return at === undefined || at < 0 ? undefined : up?.steps.slice(0, at);
}
