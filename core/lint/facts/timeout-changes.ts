import type { Node, TransactionStmt, VariableSetStmt } from "@pgsql/types";
import { strings } from "../../catalog/simulate/relations.ts";
import { dictionary } from "../../sql/dictionary.ts";
import type { StatementContext, TransactionState } from "../rule.ts";

export type Timeout = "lock_timeout" | "statement_timeout" | "transaction_timeout";

export type Step = StatementContext["earlier"][number];

/** What a statement does to a timeout: `SET`, `SET LOCAL`, `RESET`, `DISCARD ALL`, `set_config`. */
interface Change {
  /** Milliseconds; 0 switches it off, and one that cannot be read is a limit that somebody chose. */
  readonly ms: number;
  readonly local: boolean;
}

/** A timeout as it is after some statements. What SET LOCAL says goes with its transaction, what a rollback undoes too. */
export class TimeoutSetting {
  readonly #timeout: Timeout;
  #session: { readonly ms: number; readonly at: number }[] = [];
  #local: { readonly ms: number; readonly at: number } | undefined;
  /** What savepoints go back to. */
  #marks: { readonly name: string | undefined; readonly undo: () => void }[] = [];

  constructor(timeout: Timeout) {
    this.#timeout = timeout;
  }

  /** Takes over what the statement does, and says whether it did anything. */
  follow({ statement: { node, index }, outcome }: Step, transaction: TransactionState | undefined): boolean {
    if ("TransactionStmt" in node) this.#follow(node.TransactionStmt, transaction?.firstStatement ?? index);
    const changes = [node, ...(outcome.inside ?? [])].flatMap((it) => changesOf(it, this.#timeout));
    for (const { ms, local } of changes) {
      this.#local = local ? { ms, at: index } : undefined;
      if (!local) this.#session.push({ ms, at: index });
    }
    return changes.length > 0;
  }

  #follow({ kind, savepoint_name: name }: TransactionStmt, first: number): void {
    if (kind === "TRANS_STMT_ROLLBACK") this.#session = this.#session.filter(({ at }) => at < first);
    if (kind === "TRANS_STMT_SAVEPOINT") {
      const [session, local] = [[...this.#session], this.#local];
      const undo = () => {
        [this.#session, this.#local] = [[...session], local];
      };
      this.#marks.push({ name, undo });
    }
    if (kind === "TRANS_STMT_ROLLBACK_TO") this.#marks.findLast((mark) => mark.name === name)?.undo();
  }

  /** Milliseconds after which a statement of the transaction is stopped; 0: never. */
  within(transaction: TransactionState | undefined): number {
    const lasts = transaction !== undefined && transaction.kind !== "none";
    const local = lasts && this.#local && this.#local.at >= transaction.firstStatement;
    return local ? (this.#local?.ms ?? 0) : (this.#session.at(-1)?.ms ?? 0);
  }
}

/** Does a DO block limit itself, whatever transaction it is in? */
export function limitsItself({ outcome }: Pick<Step, "outcome">, timeout: Timeout): boolean {
  return ((outcome.inside ?? []).flatMap((node) => changesOf(node, timeout)).at(-1)?.ms ?? 0) > 0;
}

function changesOf(node: Node, timeout: Timeout): Change[] {
  if ("DiscardStmt" in node)
    return node.DiscardStmt.target === "DISCARD_ALL" ? [{ ms: 0, local: false }] : [];
  if ("VariableSetStmt" in node) {
    const { kind, name, is_local } = node.VariableSetStmt;
    if (kind === "VAR_RESET_ALL") return [{ ms: 0, local: false }];
    if (name?.toLowerCase() !== timeout) return [];
    return [{ ms: kind === "VAR_SET_VALUE" ? assigned(node.VariableSetStmt) : 0, local: is_local === true }];
  }
  if (!("SelectStmt" in node)) return [];
  return (node.SelectStmt.targetList ?? []).flatMap((target) => {
    const call = "ResTarget" in target ? target.ResTarget.val : undefined;
    if (!call || !("FuncCall" in call) || strings(call.FuncCall.funcname).at(-1) !== "set_config") return [];
    const [name, value, local] = (call.FuncCall.args ?? []).map((arg) =>
      "A_Const" in arg ? arg.A_Const : undefined,
    );
    if (name?.sval?.sval?.toLowerCase() !== timeout) return [];
    return [{ ms: milliseconds(value?.sval?.sval), local: local?.boolval?.boolval === true }];
  });
}

function assigned({ args }: VariableSetStmt): number {
  const [node] = args ?? [];
  if (!node || !("A_Const" in node)) return milliseconds(undefined);
  const { sval, fval, ival } = node.A_Const;
  return milliseconds(sval?.sval ?? fval?.fval ?? String(ival?.ival ?? 0));
}

const units: Readonly<Record<string, number>> = dictionary({
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
});

function milliseconds(value: string | undefined): number {
  const [, number, unit = ""] = /^\s*([+-]?\d*\.?\d+)\s*([a-z]*)\s*$/.exec(value ?? "") ?? [];
  return number === undefined ? Number.POSITIVE_INFINITY : Number(number) * (units[unit] ?? 1);
}
