import type { Script } from "../migration/model.ts";
import { parseSql } from "../sql/parse.ts";
import { tokens } from "../sql/tokens.ts";

/** One statement of a script: 0-based UTF-16 offsets into its file. */
export interface StatementPlace {
  readonly start: number;
  readonly end: number;
  /** BEGIN, COMMIT, SAVEPOINT, …: meaningless where statements are run one by one. */
  readonly transaction: boolean;
}

/** The statements of a script; where the grammar does not accept the text, as far as its semicolons tell. */
export function scriptStatements(script: Script): StatementPlace[] {
  const text = script.file.text.slice(script.start, script.end);
  const parsed = parseSql(text);
  if (parsed.problem) return splitAtSemicolons(text, script.start);
  return parsed.statements.map((statement) => ({
    start: script.start + statement.start,
    end: script.start + statement.end,
    transaction: statement.kind === "TransactionStmt",
  }));
}

const transactionWords = /^(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release)\b/i;

function splitAtSemicolons(text: string, offset: number): StatementPlace[] {
  const places: StatementPlace[] = [];
  let start: number | undefined;
  let end = 0;
  const close = () => {
    if (start === undefined) return;
    const transaction = transactionWords.test(text.slice(start, end));
    places.push({ start: offset + start, end: offset + end, transaction });
    start = undefined;
  };
  for (const token of tokens(text)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    if (token.kind === "symbol" && text[token.start] === ";") {
      close();
      continue;
    }
    start ??= token.start;
    end = token.end;
  }
  close();
  return places;
}
