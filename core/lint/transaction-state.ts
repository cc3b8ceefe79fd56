import type { Execution } from "../migration/model.ts";
import type { Statement } from "../sql/statement.ts";
import type { TransactionState } from "./rule.ts";

/** The transaction that a statement runs in (for BEGIN itself: the state that it finds), asked of each in turn. */
export function transactionStates(
  statements: readonly Statement[],
  execution: Execution,
): (statement: Statement) => TransactionState {
  const outside = stateOutside(execution, statements.length);
  let kind = outside;
  let firstStatement = 0;
  return ({ index, node, start, end }) => {
    const piece = kind === "none" && execution.together?.find((it) => it.start <= start && end <= it.end);
    const first = piece ? statements.findIndex((it) => it.start >= piece.start) : index;
    const state: TransactionState = piece
      ? { kind: "implicit", firstStatement: first }
      : { kind, firstStatement: kind === "none" ? index : firstStatement };
    if (!("TransactionStmt" in node)) return state;
    switch (node.TransactionStmt.kind) {
      case "TRANS_STMT_BEGIN":
      case "TRANS_STMT_START":
        // Inside a transaction BEGIN only warns; in an implicit one it makes that one explicit.
        if (kind === "none") firstStatement = index;
        if (kind !== "wrapped") kind = "explicit";
        break;
      case "TRANS_STMT_COMMIT":
      case "TRANS_STMT_ROLLBACK":
        // AND CHAIN begins the next one.
        if (kind !== "explicit" || !node.TransactionStmt.chain)
          kind = outside === "wrapped" ? "none" : outside;
        firstStatement = index + 1;
        break;
    }
    return state;
  };
}

function stateOutside(execution: Execution, statements: number): TransactionState["kind"] {
  if (execution.wrapped) return "wrapped";
  return execution.send === "whole" && statements > 1 ? "implicit" : "none";
}
