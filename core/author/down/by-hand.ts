import type { Node } from "@pgsql/types";
import type { Catalog } from "../../catalog/catalog.ts";
import { nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { hasOption } from "../../catalog/simulate/options.ts";
import type { Outcome } from "../../catalog/simulate/outcome.ts";
import type { Simulation } from "../../catalog/simulate/simulation.ts";
import { statementHandlers } from "../../catalog/simulate/statements/statement-handlers.ts";
import type { NodeKind } from "../../sql/statement.ts";
import { deleteRows, insertedRows } from "./inserted-rows.ts";
import { cannot, exact, type ProposedStatement } from "./inverse/proposed.ts";
import { shorten } from "./inverse/shorten.ts";
import type { Step } from "./replay.ts";

/** Words by which a block or a function may write rows. */
const writes = /\b(insert|update|delete|merge|truncate|copy|perform|call)\b/i;

/** What could not be followed, so that it has to be undone by hand. */
export function notAnalysed(
  { outcome, sql, statement: { node, kind } }: Step,
  isReal: boolean,
): ProposedStatement[] {
  const reason = outcome.notAnalysed;
  if (reason === undefined)
    return isUnseen(node, kind, outcome, isReal) ? [cannot(`undo by hand: ${inShort(sql)}`)] : [];
  if (!isReal) return [cannot(`not analysed (${reason}): undo by hand what it did`)];
  return writes.test(sql) ? [cannot(`not analysed (${reason}): rows that it wrote stay as they are`)] : [];
}

/** It changes what no catalog of ours holds, or fails where the files alone are followed. */
function isUnseen(node: Node, kind: NodeKind, outcome: Outcome, isReal: boolean): boolean {
  if (!isReal && outcome.failure) return true;
  return !(kind in statementHandlers || quiet.has(kind)) || restarts(node);
}

/** Without a handler because there is nothing to follow. */
const quiet: ReadonlySet<NodeKind> = new Set([
  "TransactionStmt",
  "CheckPointStmt",
  "NotifyStmt",
  "ListenStmt",
  "UnlistenStmt",
  "ExplainStmt",
  "VariableShowStmt",
  "ConstraintsSetStmt",
  "PrepareStmt",
  "DeallocateStmt",
  "DeclareCursorStmt",
  "FetchStmt",
  "ClosePortalStmt",
]);

/** Where a sequence stands is no part of the schema. */
function restarts(node: Node): boolean {
  if (!("AlterSeqStmt" in node)) return false;
  return hasOption(node.AlterSeqStmt.options, "restart");
}

const written = {
  insert: "rows that were inserted into",
  update: "values that were updated in",
  delete: "rows that were deleted from",
  truncate: "rows that were in",
} as const;

/** Rows that a statement wrote. Those that it named by a key are taken out again; for others saying so beats pretending. */
export function rows(
  { statement: { node }, outcome, sql }: Step,
  catalog: Catalog,
  doomed: ReadonlySet<ObjectKey>,
): ProposedStatement[] {
  const [write] = outcome.effects.filter((effect) => effect.action === "write");
  if (!write || doomed.has(write.key) || writesOnlyNew(node, write.key, doomed)) return [];
  const inserted = "InsertStmt" in node ? insertedRows(catalog, write.key, node.InsertStmt) : undefined;
  const remove = inserted && deleteRows(write.key, inserted);
  if (remove !== undefined) return [exact(remove)];
  return [cannot(`undo by hand: ${written[write.verb]} ${shorten(nameIn(write.key))} (${inShort(sql)})`)];
}

function inShort(sql: string): string {
  const line = sql.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Does an UPDATE write only columns that the same up makes, and the down drops? */
function writesOnlyNew(node: Node, table: ObjectKey, doomed: ReadonlySet<ObjectKey>): boolean {
  if (!("UpdateStmt" in node)) return false;
  const names = (node.UpdateStmt.targetList ?? []).flatMap((it) =>
    "ResTarget" in it ? [it.ResTarget.name ?? ""] : [],
  );
  return names.every((name) => doomed.has(`column ${nameIn(table)}.${quoteIdentifier(name)}`));
}

/** What no file of the folder makes, no down of it can make again. */
export function lostTables({ outcome, before }: Step, simulation: Simulation): ProposedStatement[] {
  const lost = outcome.effects.filter(
    ({ action, key }) =>
      action === "drop" && key.startsWith("table ") && !before.has(key) && simulation.isAssumed(key),
  );
  return lost.map(({ key }) =>
    cannot(`undo by hand: no file makes table ${shorten(nameIn(key))}, which was dropped`),
  );
}

export function lostColumns(
  { statement: { node }, outcome }: Step,
  simulation: Simulation,
): ProposedStatement[] {
  const table = outcome.locks.find(({ key }) => key.startsWith("table "))?.key;
  if (!("AlterTableStmt" in node) || table === undefined || !simulation.isAssumed(table)) return [];
  return (node.AlterTableStmt.cmds ?? []).flatMap((command) => {
    if (!("AlterTableCmd" in command) || command.AlterTableCmd.subtype !== "AT_DropColumn") return [];
    const { name = "", missing_ok } = command.AlterTableCmd;
    const column = `${nameIn(table)}.${quoteIdentifier(name)}`;
    const isKnown = outcome.effects.some(({ key }) => key === `column ${column}`);
    return missing_ok || isKnown || outcome.failure
      ? []
      : [cannot(`undo by hand: no file makes column ${shorten(column)}, which was dropped`)];
  });
}
