import type { Node, UpdateStmt } from "@pgsql/types";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { StatementContext } from "../rule.ts";
import { readsRows } from "./few-rows.ts";
import { isMadeBy } from "./made-by.ts";
import type { Ran } from "./ran-statements.ts";

interface Earlier {
  readonly earlier: readonly Ran[];
}

/** Did an earlier statement of the script write rows of the table somewhere else? */
export function rowsWereCopied({ earlier }: Earlier, table: string): boolean {
  return earlier.some((step) =>
    nodesOf(step).some((node) => mentions(sourceOf(node), "RangeVar", lastPart(table))),
  );
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

/** Did an earlier statement of the script fill the table from a query over other tables? */
export function rowsWereCopiedInto({ earlier }: Earlier, key: ObjectKey): boolean {
  return earlier.some(({ statement: { node }, outcome }) => {
    if ("CreateTableAsStmt" in node) return isMadeBy({ outcome }, key);
    return (
      "InsertStmt" in node &&
      readsRows(node.InsertStmt.selectStmt) &&
      outcome.effects.some((effect) => effect.action === "write" && effect.key === key)
    );
  });
}

/** Did an earlier statement write the column's values, or what they say, into another column or table? */
export function columnWasCopied({ earlier }: Earlier, table: string, column: string): boolean {
  const made = new Set(
    earlier.flatMap(({ outcome }) =>
      outcome.effects.flatMap((effect) => (effect.action === "create" ? [lastPart(effect.key)] : [])),
    ),
  );
  return earlier.some((step) =>
    nodesOf(step).some((node) => {
      if ("UpdateStmt" in node && setsFrom(node.UpdateStmt, lastPart(table), column, made)) return true;
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
  made: ReadonlySet<string>,
): boolean {
  const byRows = relation?.relname === table && mentions(whereClause, "ColumnRef", column);
  return (targetList ?? []).some(
    (target) =>
      "ResTarget" in target &&
      (mentions(target.ResTarget.val, "ColumnRef", column) ||
        (byRows && made.has(target.ResTarget.name ?? ""))),
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
  const [before, after] = [{ earlier: steps.slice(0, step) }, { earlier: steps.slice(step + 1) }];
  const comesHome =
    home !== key ||
    after.earlier.some(({ outcome }) =>
      outcome.effects.some((it) => it.action === "rename" && it.to === home),
    );
  if (key.startsWith("table "))
    return rowsWereCopied(before, lastPart(key)) && (comesHome || rowsWereCopiedInto(after, key));
  const column = lastPart(key);
  const table = key.slice("column ".length, key.lastIndexOf("."));
  return (
    columnWasCopied(before, table, column) &&
    (comesHome || after.earlier.some((step) => nodesOf(step).some((node) => setsColumn(node, column))))
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
