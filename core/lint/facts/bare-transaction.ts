import type { FileEdit } from "../../report/model.ts";
import type { Statement } from "../../sql/statement.ts";

/** BEGIN and COMMIT around one single statement: they can go without anything else changing. */
export interface BareTransaction {
  readonly begin: Statement;
  readonly commit: Statement;
}

export function bareTransaction(statements: readonly Statement[]): BareTransaction | undefined {
  const [begin, , commit] = statements;
  if (statements.length !== 3 || !begin || !commit) return undefined;
  return opens(begin) && closes(commit) ? { begin, commit } : undefined;
}

export function withoutTransaction(
  file: string,
  text: string,
  { begin, commit }: BareTransaction,
): readonly FileEdit[] {
  return [begin, commit].map((statement) => {
    const semicolon = text.indexOf(";", statement.end);
    const end = semicolon < 0 ? statement.end : semicolon + 1;
    return { kind: "replace", file, start: statement.start, end: afterLineEnd(text, end), text: "" };
  });
}

/** The line goes with the statement where nothing else stands on it. */
function afterLineEnd(text: string, end: number): number {
  return end + (/^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(end, end + 200))?.[0].length ?? 0);
}

function opens({ node }: Statement): boolean {
  if (!("TransactionStmt" in node)) return false;
  return node.TransactionStmt.kind === "TRANS_STMT_BEGIN" || node.TransactionStmt.kind === "TRANS_STMT_START";
}

function closes({ node }: Statement): boolean {
  return "TransactionStmt" in node && node.TransactionStmt.kind === "TRANS_STMT_COMMIT";
}
