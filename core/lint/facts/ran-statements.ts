import type { Node, RangeVar } from "@pgsql/types";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import type { Effect, Outcome } from "../../catalog/simulate/outcome.ts";
import { namesOf } from "../../catalog/simulate/statements/drop.ts";
import { takesEveryRow } from "./where-clause.ts";

/** What is known of a statement after it ran. */
export interface Ran {
  readonly statement: { readonly node: Node };
  readonly outcome: Pick<Outcome, "effects" | "inside">;
}

/** The statement itself, or those of a DO block that run once, for certain; `earlier` holds what ran before each. */
export function ranStatements<T extends Ran>(
  step: T,
  earlier: readonly Ran[],
): { readonly node: Node; readonly earlier: readonly Ran[] }[] {
  const { outcome, statement } = step;
  if (!("DoStmt" in statement.node)) return [{ node: statement.node, earlier }];
  const inside = (outcome.inside ?? []).map((node) => ({ statement: { node }, outcome }));
  return inside.map(({ statement: { node } }, index) => ({
    node,
    earlier: [...earlier, ...inside.slice(0, index)],
  }));
}

/** Tables that a statement drops by their names. */
export function droppedTables(node: Node, effects: readonly Effect[]): ObjectKey[] {
  if (!("DropStmt" in node) || node.DropStmt.removeType !== "OBJECT_TABLE") return [];
  const names = (node.DropStmt.objects ?? []).map((object) => namesOf(object).at(-1) ?? "");
  return effects.flatMap((effect) =>
    effect.action === "drop" &&
    !effect.cascaded &&
    effect.key.startsWith("table ") &&
    isOneOf(effect.key, names)
      ? [effect.key]
      : [],
  );
}

/** Tables that a statement empties, and the words for it. */
export function emptiedTables(
  node: Node,
  effects: readonly Effect[],
): { readonly verb: string; readonly tables: readonly ObjectKey[] } {
  const [verb, relations] = emptying(node);
  const names = relations.map(({ relname = "" }) => relname);
  const written = effects.flatMap((effect) => (effect.action === "write" ? [effect] : []));
  // TRUNCATE … CASCADE empties what the statement does not name.
  const cascades = "TruncateStmt" in node && node.TruncateStmt.behavior === "DROP_CASCADE";
  const tables = written.filter(
    (effect) => names.length > 0 && ((cascades && effect.verb === "truncate") || isOneOf(effect.key, names)),
  );
  return { verb, tables: [...new Set(tables.map(({ key }) => key))] };
}

function emptying(node: Node): [verb: string, relations: readonly RangeVar[]] {
  if ("TruncateStmt" in node)
    return [
      "TRUNCATE",
      (node.TruncateStmt.relations ?? []).flatMap((it) => ("RangeVar" in it ? [it.RangeVar] : [])),
    ];
  if (!("DeleteStmt" in node)) return ["", []];
  const { relation, usingClause, whereClause } = node.DeleteStmt;
  return ["DELETE without WHERE", relation && !usingClause && takesEveryRow(whereClause) ? [relation] : []];
}

function isOneOf(key: ObjectKey, names: readonly string[]): boolean {
  return names.includes(lastPart(key));
}
