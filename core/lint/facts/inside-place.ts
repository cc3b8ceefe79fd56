import type { Node } from "@pgsql/types";
import { optionValue } from "../../catalog/simulate/options.ts";
import type { StatementContext } from "../rule.ts";
import type { TextRange } from "./command-ranges.ts";

/** What a finding about a statement in a DO block underlines: that statement, else the block as a whole. */
export function insidePlace(
  { parsed, statement, outcome }: Pick<StatementContext, "parsed" | "statement" | "outcome">,
  node: Node | undefined,
): TextRange {
  const whole = { start: statement.start, end: statement.end };
  const place = node && outcome.places?.get(node);
  const body = bodyOf(statement.node);
  if (!place || body === undefined) return whole;
  // A body in quotes may have some that are written twice.
  const bodyStart = parsed.text.slice(statement.start, statement.end).indexOf(body);
  const lineStart = startOfLine(body, place.line);
  if (bodyStart < 0 || lineStart === undefined) return whole;
  const at = body.indexOf(place.text, lineStart);
  const line = /[^\r\n]*/.exec(body.slice(lineStart))?.[0] ?? "";
  // Of PERFORM and EXECUTE another text is sent than stands there.
  const isThere = at >= 0 && at <= lineStart + line.length;
  const indent = line.length - line.trimStart().length;
  const [from, length] = isThere ? [at, place.text.length] : [lineStart + indent, line.trim().length];
  const start = statement.start + bodyStart + from;
  return { start, end: start + length };
}

function bodyOf(node: Node): string | undefined {
  if (!("DoStmt" in node)) return undefined;
  for (const arg of node.DoStmt.args ?? [])
    if ("DefElem" in arg && arg.DefElem.defname === "as") return optionValue(arg.DefElem.arg);
  return undefined;
}

function startOfLine(text: string, line: number): number | undefined {
  let at = 0;
  for (let current = 1; current < line; current++) {
    const end = text.indexOf("\n", at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  return at;
}
