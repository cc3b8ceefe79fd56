import type { Statement } from "../../sql/statement.ts";

/** The statements of a transaction without those that ROLLBACK TO undid: neither what they set nor their locks are left. */
export function keptSteps<T extends { readonly statement: Statement }>(steps: readonly T[]): readonly T[] {
  if (!steps.some(({ statement }) => isRollbackTo(statement))) return steps;
  const kept: T[] = [];
  for (const step of steps) {
    const { node } = step.statement;
    if (isRollbackTo(step.statement) && "TransactionStmt" in node) {
      const name = node.TransactionStmt.savepoint_name;
      const place = kept.findLastIndex(
        ({ statement: { node: it } }) =>
          "TransactionStmt" in it &&
          it.TransactionStmt.kind === "TRANS_STMT_SAVEPOINT" &&
          it.TransactionStmt.savepoint_name === name,
      );
      if (place >= 0) kept.length = place + 1;
    } else kept.push(step);
  }
  return kept;
}

function isRollbackTo({ node }: Statement): boolean {
  return "TransactionStmt" in node && node.TransactionStmt.kind === "TRANS_STMT_ROLLBACK_TO";
}
