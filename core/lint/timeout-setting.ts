import type { Node, VariableSetStmt } from "@pgsql/types";
import { blocks } from "../catalog/locks.ts";
import type { Lock } from "../catalog/simulate/outcome.ts";
import { strings } from "../catalog/simulate/relations.ts";
import type { Statement } from "../sql/statement.ts";
import { type ExistingTable, existingTable } from "./existing-table.ts";
import type { Report, StatementContext, TransactionState } from "./rule.ts";
import { transactionStates } from "./transaction-state.ts";

export type Timeout = "lock_timeout" | "statement_timeout";

/** A statement that makes others wait for a table, and waits for them. */
export interface Waiting {
  readonly table: ExistingTable;
  readonly mode: string;
}

/**
 * The lock of this statement that nothing limits: the first one of the script, where no timeout was set before it.
 * `counts` says which locks are looked at.
 */
export function unlimitedWait(
  context: StatementContext,
  timeout: Timeout,
  counts: (lock: Lock) => boolean = () => true,
): Waiting | undefined {
  const waitingIn = ({ statement, outcome }: Step): Waiting | undefined =>
    outcome.failure || managesItself(statement)
      ? undefined
      : blockingLock(context, outcome.locks.filter(counts));
  const waiting = waitingIn(context);
  if (!waiting) return undefined;
  const { parsed, script, earlier } = context;
  const transactions = transactionStates(parsed.statements, script.execution);
  const setting = new Setting();
  for (const step of earlier) {
    const change = settingOf(step.statement.node, timeout);
    if (change) setting.change(change, step.statement.index);
    // One word per script is enough: a timeout before the first lock covers all of them.
    else if (!setting.limits(transactions[step.statement.index]) && waitingIn(step)) return undefined;
  }
  return setting.limits(context.transaction) ? undefined : waiting;
}

type Step = Pick<StatementContext, "statement" | "outcome">;

/** Is there a limit? That of SET LOCAL goes with its transaction, and what the session had is back. */
class Setting {
  #session = false;
  #local: { readonly limits: boolean; readonly at: number } | undefined;

  change({ limits, local }: Change, at: number): void {
    this.#local = local ? { limits, at } : undefined;
    if (!local) this.#session = limits;
  }

  limits(transaction: TransactionState | undefined): boolean {
    const lasts = transaction !== undefined && transaction.kind !== "none";
    const local = lasts && this.#local && this.#local.at >= transaction.firstStatement;
    return local ? this.#local?.limits === true : this.#session;
  }
}

function blockingLock(context: StatementContext, locks: readonly Lock[]): Waiting | undefined {
  for (const { key, mode } of locks) {
    const table = blocks(mode).writes ? existingTable(context, key) : undefined;
    if (table) return { table, mode };
  }
  return undefined;
}

/** LOCK TABLE NOWAIT and what cannot share a transaction with SET. */
function managesItself({ node }: Statement): boolean {
  if ("LockStmt" in node) return node.LockStmt.nowait === true;
  return "VacuumStmt" in node || "ReindexStmt" in node || "ClusterStmt" in node;
}

interface Change {
  readonly limits: boolean;
  readonly local: boolean;
}

/** What a statement does to the timeout: `SET`, `SET LOCAL`, `RESET`, `set_config`. */
function settingOf(node: Node, timeout: Timeout): Change | undefined {
  if ("VariableSetStmt" in node) {
    const { kind, name, is_local } = node.VariableSetStmt;
    if (kind === "VAR_RESET_ALL") return { limits: false, local: false };
    if (name?.toLowerCase() !== timeout) return undefined;
    return { limits: kind === "VAR_SET_VALUE" && limits(node.VariableSetStmt), local: is_local === true };
  }
  if (!("SelectStmt" in node)) return undefined;
  const [target] = node.SelectStmt.targetList ?? [];
  const call = target && "ResTarget" in target ? target.ResTarget.val : undefined;
  if (!call || !("FuncCall" in call) || strings(call.FuncCall.funcname).at(-1) !== "set_config")
    return undefined;
  const [name, value, local] = (call.FuncCall.args ?? []).map((arg) =>
    "A_Const" in arg ? arg.A_Const : undefined,
  );
  if (name?.sval?.sval !== timeout) return undefined;
  return { limits: !isZero(value?.sval?.sval ?? ""), local: local?.boolval?.boolval === true };
}

function limits({ args }: VariableSetStmt): boolean {
  const [node] = args ?? [];
  if (!node || !("A_Const" in node)) return true;
  return node.A_Const.sval ? !isZero(node.A_Const.sval.sval ?? "") : (node.A_Const.ival?.ival ?? 0) > 0;
}

/** 0 switches a timeout off. */
function isZero(value: string): boolean {
  return /^\s*[+-]?0+(?:\.0*)?\s*(?:us|ms|s|min|h|d)?\s*$/.test(value);
}

/** SET before the statement; LOCAL where a transaction ends it. Nothing where the statement must stay alone. */
export function setBefore(
  { parsed, script, statement, transaction, outcome }: StatementContext,
  timeout: Timeout,
  value: string,
): NonNullable<Report["fix"]> | undefined {
  // One statement more turns a single one into a transaction, and some cannot be in one.
  if (outcome.locks.length === 0 || !joinsTransaction.has(statement.kind)) return undefined;
  const alone =
    transaction.kind === "none" && !(script.execution.send === "whole" && parsed.statements.length === 1);
  const set = `SET ${alone ? "" : "LOCAL "}${timeout} = '${value}';\n`;
  const { start } = statement;
  return {
    title: `Set ${timeout} before it`,
    edits: [{ kind: "replace", file: script.file.path, start, end: start, text: set }],
  };
}

const joinsTransaction: ReadonlySet<string> = new Set([
  "AlterTableStmt",
  "RenameStmt",
  "DropStmt",
  "CreateTrigStmt",
  "IndexStmt",
  "CreateStmt",
  "TruncateStmt",
]);
