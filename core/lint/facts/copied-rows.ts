import type { Node, UpdateStmt } from "@pgsql/types";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { StatementContext } from "../rule.ts";
import { alongSteps } from "./along-steps.ts";
import { effectsOn } from "./effects-on.ts";
import { readsRows } from "./few-rows.ts";
import type { Ran } from "./ran-statements.ts";

/** Did a step before this place, of all of them by default, write rows of the table somewhere else? */
export function rowsWereCopied(steps: readonly Ran[], table: string, before = steps.length): boolean {
  return (readAmong(steps).tables.get(lastPart(table)) ?? before) < before;
}

interface Reading {
  /** The names of the tables that are read from, each with the first step that does. */
  readonly tables: Map<string, number>;
  /** The steps that write what they read. */
  readonly steps: { readonly place: number; readonly nodes: readonly Node[] }[];
  /** The names of what was made, each with the first step that did. */
  readonly made: Map<string, number>;
}

const readAmong = alongSteps<Ran, Reading>(
  () => ({ tables: new Map(), steps: [], made: new Map() }),
  ({ tables, steps, made }, step, place) => {
    for (const effect of step.outcome.effects)
      if (effect.action === "create") addFirst(made, lastPart(effect.key), place);
    const nodes = nodesOf(step).filter((node) => sourceOf(node) !== undefined);
    if (nodes.length > 0) steps.push({ place, nodes });
    for (const node of nodes)
      walk(sourceOf(node), (part) => {
        if ("RangeVar" in part) addFirst(tables, part.RangeVar.relname ?? "", place);
        return undefined;
      });
  },
);

function addFirst(places: Map<string, number>, name: string, place: number): void {
  if (!places.has(name)) places.set(name, place);
}

/** What a statement that writes rows reads them from. */
function sourceOf(node: Node): unknown {
  if ("InsertStmt" in node) return [node.InsertStmt.selectStmt, node.InsertStmt.withClause];
  if ("CreateTableAsStmt" in node) return node.CreateTableAsStmt.query;
  if ("UpdateStmt" in node) return [node.UpdateStmt.fromClause, node.UpdateStmt.withClause];
  return undefined;
}

/** Of a DO block what ran in it. */
function nodesOf({ statement: { node }, outcome: { inside } }: Ran): readonly Node[] {
  return "DoStmt" in node ? (inside ?? []) : [node];
}

/** Did a step after this place, any by default, fill the table from a query over other tables? */
export function rowsWereCopiedInto(steps: readonly Ran[], key: ObjectKey, after = -1): boolean {
  return effectsOn(steps, key).some(({ effect, step }) => {
    const node = steps[step]?.statement.node;
    if (!node || step <= after) return false;
    if ("CreateTableAsStmt" in node) return effect.action === "create";
    return "InsertStmt" in node && effect.action === "write" && readsRows(node.InsertStmt.selectStmt);
  });
}

/** Did a step before this place write the column's values, or what they say, into another column or table? */
export function columnWasCopied(
  steps: readonly Ran[],
  table: string,
  column: string,
  before = steps.length,
): boolean {
  const reading = readAmong(steps);
  const isMade = (name: string) => (reading.made.get(name) ?? before) < before;
  return reading.steps.some(
    ({ place, nodes }) =>
      place < before &&
      nodes.some((node) => {
        if ("UpdateStmt" in node && setsFrom(node.UpdateStmt, lastPart(table), column, isMade)) return true;
        const source = sourceOf(node);
        return (
          mentions(source, "RangeVar", lastPart(table)) &&
          takesColumn("UpdateStmt" in node ? node : source, lastPart(table), column)
        );
      }),
  );
}

/** `SET mobile = phone`, or, for a column that is new, `SET state = 'done' WHERE done`. */
function setsFrom(
  { relation, targetList, whereClause }: UpdateStmt,
  table: string,
  column: string,
  isMade: (name: string) => boolean,
): boolean {
  const byRows = relation?.relname === table && mentions(whereClause, "ColumnRef", column);
  return (targetList ?? []).some(
    (target) =>
      "ResTarget" in target &&
      (mentions(target.ResTarget.val, "ColumnRef", column) ||
        (byRows && isMade(target.ResTarget.name ?? ""))),
  );
}

/** By its name, or with the whole row: `*`, `t.*`, `to_jsonb(t)`. */
function takesColumn(tree: unknown, table: string, column: string): boolean {
  const rows = new Set<string>();
  walk(tree, (node) => {
    if ("RangeVar" in node && node.RangeVar.relname === table)
      rows.add(node.RangeVar.alias?.aliasname ?? table);
    return undefined;
  });
  let found = false;
  walk(tree, (node) => {
    if (!("ColumnRef" in node)) return undefined;
    const fields = node.ColumnRef.fields ?? [];
    const last = fields.at(-1);
    if (last && "A_Star" in last) found = true;
    const name = last && "String" in last ? (last.String.sval ?? "") : "";
    found ||= name === column || (fields.length === 1 && rows.has(name));
    return undefined;
  });
  return found;
}

/**
 * Are the rows of a table, or the values of a column, put aside before a step of the script and back after it? Under the
 * name `home` they are back: where another one is dropped, or the copy is renamed to it.
 */
export function isPutBack(
  steps: StatementContext["earlier"],
  step: number,
  key: ObjectKey,
  home: ObjectKey = key,
): boolean {
  const comesHome =
    home !== key ||
    effectsOn(steps, home).some(
      ({ effect, step: place }) => place > step && effect.action === "rename" && effect.to === home,
    );
  if (key.startsWith("table "))
    return rowsWereCopied(steps, lastPart(key), step) && (comesHome || rowsWereCopiedInto(steps, key, step));
  const column = lastPart(key);
  const table = key.slice("column ".length, key.lastIndexOf("."));
  return (
    columnWasCopied(steps, table, column, step) &&
    (comesHome ||
      readAmong(steps).steps.some(
        ({ place, nodes }) => place > step && nodes.some((node) => setsColumn(node, column)),
      ))
  );
}

function setsColumn(node: Node, column: string): boolean {
  if (!("UpdateStmt" in node)) return false;
  return (node.UpdateStmt.targetList ?? []).some(
    (target) => "ResTarget" in target && target.ResTarget.name === column,
  );
}

function mentions(tree: unknown, kind: "RangeVar" | "ColumnRef", name: string): boolean {
  let found = false;
  walk(tree, (node) => {
    if (kind === "RangeVar" && "RangeVar" in node) found ||= node.RangeVar.relname === name;
    if (kind === "ColumnRef" && "ColumnRef" in node) {
      const last = node.ColumnRef.fields?.at(-1);
      found ||= last !== undefined && "String" in last && last.String.sval === name;
    }
    return undefined;
  });
  return found;
}
