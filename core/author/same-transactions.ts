import type { Script } from "../migration/model.ts";
import { parseSql } from "../sql/parse.ts";
import type { Statement } from "../sql/statement.ts";

/** What PostgreSQL refuses inside of a transaction block, or what ends transactions itself. */
const alone =
  /\bconcurrently\b|^\s*(vacuum|call|(create|drop)\s+(database|tablespace|subscription)|alter\s+system|reindex\s+(database|system|schema))\b/i;

interface Needs {
  readonly count: number;
  /** It begins and ends transactions itself. */
  readonly own: boolean;
  /** Every statement of it stands between a BEGIN and its COMMIT. */
  readonly bracketed: boolean;
  /** A statement of it cannot run in a transaction. */
  readonly alone: boolean;
}

/** Does this SQL hold a statement that no transaction may be around? */
export function mustRunAlone(sql: string): boolean {
  return needsIn(sql).alone;
}

function needsOf({ file, start, end }: Script): Needs {
  return needsIn(file.text.slice(start, end));
}

function needsIn(sql: string): Needs {
  const { text, statements } = parseSql(sql);
  return {
    count: statements.length,
    own: statements.some(({ kind }) => kind === "TransactionStmt"),
    bracketed: isBracketed(statements),
    alone: statements.some((it) => alone.test(text.slice(it.start, it.end))),
  };
}

function isBracketed(statements: readonly Statement[]): boolean {
  let open = false;
  for (const { node } of statements) {
    const kind = "TransactionStmt" in node ? node.TransactionStmt.kind : undefined;
    if (kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START") open = true;
    else if (!open) return false;
    else if (kind === "TRANS_STMT_COMMIT" || kind === "TRANS_STMT_ROLLBACK") open = false;
  }
  return !open;
}

/** How many statements each transaction has, as far as the runner decides it: several in one query are one too. */
function transactions({ file, start, end, execution }: Script): number[] {
  const { wrapped, send, together = [] } = execution;
  const { statements } = parseSql(file.text.slice(start, end));
  if (wrapped || send === "whole") return [statements.length];
  const pieces = statements.map((it, index) => {
    const piece = together.findIndex((at) => at.start <= start + it.start && start + it.end <= at.end);
    return piece < 0 ? `statement ${index}` : `piece ${piece}`;
  });
  return [...new Set(pieces)].map((name) => pieces.filter((it) => it === name).length);
}

/** Does it matter that no transaction is opened around this script? */
export function wantsNoTransaction(script: Script): boolean {
  if (script.execution.wrapped) return false;
  const { count, own, alone: isAlone } = needsOf(script);
  if (own) return true;
  return count > 1 ? transactions(script).length > 1 : isAlone;
}

/** Do two runners run these statements, which are the same, in the same transactions? */
export function sameTransactions(a: Script, b: Script): boolean {
  const { count, own, bracketed, alone: isAlone } = needsOf(a);
  const [left, right] = [a.execution, b.execution];
  if (own && left.wrapped !== right.wrapped) return false;
  // Sent together or one by one, its transactions are its own.
  if (own && bracketed) return true;
  if (count < 2) return !isAlone || left.wrapped === right.wrapped;
  return transactions(a).join() === transactions(b).join();
}
