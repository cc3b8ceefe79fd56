import type { DeleteStmt, MergeStmt, Node, RangeVar, UpdateStmt, WithClause } from "@pgsql/types";
import { keyOf, type ObjectKey } from "../../catalog/model.ts";
import { lastPart, qualify, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { StatementContext } from "../rule.ts";
import { effectsOn } from "./effects-on.ts";
import { type ExistingTable, existingTable } from "./existing-table.ts";
import { findsFewRows, isFew, type Known, readsRows, withNames } from "./few-rows.ts";
import { uniqueKeys } from "./unique-keys.ts";
import { marksVersion } from "./version-mark.ts";
import { hasLimit, takesEveryRow } from "./where-clause.ts";
import { writtenTable } from "./written-table.ts";

/** A statement whose time grows with a table that was there before. */
export interface MassWrite {
  readonly verb: "UPDATE" | "DELETE" | "INSERT … SELECT" | "MERGE";
  readonly table: ExistingTable;
  /** The statement names no condition at all. */
  readonly everyRow: boolean;
  /** It stands in a WITH, and the rest of the statement has the rows that it returns. */
  readonly within?: true;
}

export function massWrite(context: StatementContext): MassWrite | undefined {
  return massWrites(context)[0];
}

/** That of the statement, and those that its WITH names. */
export function massWrites(context: StatementContext): MassWrite[] {
  const { statement, outcome } = context;
  if (outcome.failure || !outcome.effects.some(({ action }) => action === "write")) return [];
  return [statement.node, ...queriesWith(statement.node)].flatMap((node, place) => {
    const found = verbOf(node, knownTo(context));
    if (!found) return [];
    for (const effect of outcome.effects) {
      if (effect.action !== "write" || lastPart(effect.key) !== writtenIn(node)) continue;
      const table = writtenTable(context, effect.key);
      if (!table) continue;
      const goesThrough = found.verb === "UPDATE" || found.verb === "DELETE";
      if (goesThrough && isEmptied(context, effect.key)) return [];
      return [{ ...found, table, ...(place > 0 && { within: true as const }) }];
    }
    return [];
  });
}

function queriesWith(node: Node): Node[] {
  const statement: { withClause?: WithClause } = Object.values(node)[0] ?? {};
  return (statement.withClause?.ctes ?? []).flatMap((it) =>
    "CommonTableExpr" in it ? (it.CommonTableExpr.ctequery ?? []) : [],
  );
}

function writtenIn(node: Node): string | undefined {
  const statement: { relation?: RangeVar } = Object.values(node)[0] ?? {};
  return statement.relation?.relname;
}

/** The same of a statement in a DO block, where a name that is no column may be a variable: it may pick one row. */
export function massWriteInside(context: StatementContext, node: Node): MassWrite | undefined {
  const found = verbOf(node, knownTo(context));
  const write = "UpdateStmt" in node ? node.UpdateStmt : "DeleteStmt" in node ? node.DeleteStmt : undefined;
  if (!found || !write) return undefined;
  const name = write.relation?.relname;
  for (const effect of context.outcome.effects) {
    if (effect.action !== "write" || lastPart(effect.key) !== name) continue;
    const table = existingTable(context, effect.key);
    if (!table || !isOfColumns(context, table, write.whereClause)) return undefined;
    return { ...found, table };
  }
  return undefined;
}

/** UPDATE or DELETE of the rows that a query with LIMIT picks, as a loop does it that goes through a table. */
export function batchInside(context: StatementContext, node: Node): ExistingTable | undefined {
  const write = "UpdateStmt" in node ? node.UpdateStmt : "DeleteStmt" in node ? node.DeleteStmt : undefined;
  if (!write) return undefined;
  // What SET computes picks no rows.
  const { targetList: _, ...picks } = write as UpdateStmt;
  let limited = false;
  walk(picks, (part) => {
    limited ||= hasLimit(part) && !isOne("SelectStmt" in part ? part.SelectStmt.limitCount : undefined);
    return undefined;
  });
  return limited ? writtenInside(context, write) : undefined;
}

function writtenInside(
  context: StatementContext,
  { relation }: UpdateStmt | DeleteStmt,
): ExistingTable | undefined {
  const written = context.outcome.effects.find(
    ({ action, key }) => action === "write" && lastPart(key) === relation?.relname,
  );
  return written && existingTable(context, written.key);
}

/** UPDATE or DELETE for each row of a query over tables that were there before. */
export function rowByRow(context: StatementContext, node: Node, rows: Node): ExistingTable | undefined {
  const write = "UpdateStmt" in node ? node.UpdateStmt : "DeleteStmt" in node ? node.DeleteStmt : undefined;
  if (
    !write ||
    !readsRows(rows, knownTo(context)) ||
    !sourcesOf(rows).some((key) => context.existedBefore(key))
  )
    return undefined;
  return writtenInside(context, write);
}

function isOne(node: Node | undefined): boolean {
  return node !== undefined && "A_Const" in node && node.A_Const.ival?.ival === 1;
}

function isOfColumns({ catalog }: StatementContext, table: ExistingTable, where: Node | undefined): boolean {
  let only = true;
  walk(where, (node) => {
    if (!("ColumnRef" in node)) return undefined;
    const [column, ...more] = strings(node.ColumnRef.fields).map(quoteIdentifier);
    only &&=
      more.length === 0 &&
      catalog.get("column", `${table.key.slice("table ".length)}.${column}`) !== undefined;
    return undefined;
  });
  return only;
}

function verbOf(node: Node, outer: Known): Pick<MassWrite, "verb" | "everyRow"> | undefined {
  const write = "UpdateStmt" in node ? node.UpdateStmt : "DeleteStmt" in node ? node.DeleteStmt : undefined;
  if (write?.relation) {
    const { relation, whereClause, withClause } = write;
    const from =
      "fromClause" in write ? write.fromClause : "usingClause" in write ? write.usingClause : undefined;
    if ("UpdateStmt" in node && marksVersion(node.UpdateStmt)) return undefined;
    if (isBatch(write, [whereClause, from])) return undefined;
    if (findsFewRows({ RangeVar: relation }, from, whereClause, withNames(withClause, outer)))
      return undefined;
    if ("UpdateStmt" in node) return { verb: "UPDATE", everyRow: takesEveryRow(whereClause) };
    return { verb: "DELETE", everyRow: !from && takesEveryRow(whereClause) };
  }
  if (
    "InsertStmt" in node &&
    readsRows(node.InsertStmt.selectStmt, withNames(node.InsertStmt.withClause, outer))
  ) {
    return { verb: "INSERT … SELECT", everyRow: false };
  }
  if ("MergeStmt" in node && mergesRows(node.MergeStmt, outer)) return { verb: "MERGE", everyRow: false };
  return undefined;
}

export function knownTo(context: Pick<StatementContext, "catalog" | "outcome">): Known {
  return { keys: uniqueKeys(context), few: new Set() };
}

/** Are its rows those that a query with LIMIT chose of the table: in FROM or USING, or a WITH that they or WHERE name? */
function isBatch({ relation, withClause }: UpdateStmt | DeleteStmt, sources: unknown): boolean {
  const chooses = (query: Node | undefined) => hasLimit(query) && reads(query, relation?.relname);
  const named = new Set(
    (withClause?.ctes ?? []).flatMap((node) =>
      "CommonTableExpr" in node && chooses(node.CommonTableExpr.ctequery)
        ? [node.CommonTableExpr.ctename]
        : [],
    ),
  );
  let found = false;
  walk(sources, (node) => {
    if ("RangeVar" in node) found ||= !node.RangeVar.schemaname && named.has(node.RangeVar.relname);
    if (!("RangeSubselect" in node)) return undefined;
    found ||= chooses(node.RangeSubselect.subquery);
    return false;
  });
  return found;
}

function reads(query: Node | undefined, table: string | undefined): boolean {
  if (!query || !("SelectStmt" in query)) return false;
  return (query.SelectStmt.fromClause ?? []).some(
    (node) => "RangeVar" in node && node.RangeVar.relname === table,
  );
}

/** From a table, or from a query over tables, be it a WITH. */
function mergesRows({ sourceRelation: source, withClause }: MergeStmt, outer: Known): boolean {
  if (!source) return false;
  const known = withNames(withClause, outer);
  return "RangeSubselect" in source
    ? readsRows(source.RangeSubselect.subquery, known)
    : !isFew(source, known);
}

/** The tables that a query names. What an INSERT or a loop reads is no part of their outcome. */
export function sourcesOf(query: Node | undefined): ObjectKey[] {
  const keys: ObjectKey[] = [];
  walk(query, (node) => {
    if ("RangeVar" in node)
      keys.push(keyOf("table", qualify(node.RangeVar.schemaname ?? "public", node.RangeVar.relname ?? "")));
    return undefined;
  });
  return keys;
}

/** There is nothing to go through after TRUNCATE, until a query fills the table again. */
function isEmptied(context: StatementContext, table: ObjectKey): boolean {
  const { earlier } = context;
  const last = effectsOn(earlier, table).findLast(({ effect, step: place }) => {
    const step = earlier[place];
    if (effect.action !== "write" || !step) return false;
    const isMass = () => verbOf(step.statement.node, knownTo({ ...context, outcome: step.outcome }));
    return effect.verb === "truncate" || (effect.verb === "insert" && isMass() !== undefined);
  });
  return last?.effect.action === "write" && last.effect.verb === "truncate";
}
