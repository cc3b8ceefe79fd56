import type { Layout } from "../migration/layout/layout.ts";
import { splitStatements } from "../sql/splitter.ts";
import { tokens } from "../sql/tokens.ts";

/**
 * SQL for a runner that cuts at semicolons: statements that have some inside are put between its markers, and the last
 * one has its own, without which the runner refuses the file.
 */
export function fenced(sql: string, fence: Layout["fence"]): string {
  if (!fence) return sql;
  const text = withLastSemicolon(sql);
  let result = "";
  let at = 0;
  for (const { start, end } of splitStatements(text)) {
    const statement = text.slice(start, end);
    if (!statement.includes(";")) continue;
    const ended = text.startsWith(";", end) ? end + 1 : end;
    result += `${text.slice(at, start)}${fence.begin}\n${text.slice(start, ended)}\n${fence.end}`;
    at = ended;
  }
  return result + text.slice(at);
}

function withLastSemicolon(sql: string): string {
  const last = splitStatements(sql).at(-1);
  if (!last) return sql;
  const behind = sql.slice(last.end);
  const isEnded = [...tokens(behind)].some(({ kind, start }) => kind === "symbol" && behind[start] === ";");
  return isEnded ? sql : `${sql.slice(0, last.end)};${behind}`;
}
