import type { Layout } from "../migration/layout/layout.ts";
import { splitStatements } from "../sql/splitter.ts";

/** SQL for a runner that cuts at semicolons: statements that have some inside are put between its markers. */
export function fenced(sql: string, fence: Layout["fence"]): string {
  if (!fence) return sql;
  let result = "";
  let at = 0;
  for (const { start, end } of splitStatements(sql)) {
    const statement = sql.slice(start, end);
    if (!statement.includes(";")) continue;
    const ended = sql.startsWith(";", end) ? end + 1 : end;
    result += `${sql.slice(at, start)}${fence.begin}\n${sql.slice(start, ended)}\n${fence.end}`;
    at = ended;
  }
  return result + sql.slice(at);
}
