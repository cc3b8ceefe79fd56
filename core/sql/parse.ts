import type { Node } from "@pgsql/types";
import { byteOffsets } from "./byte-offsets.ts";
import { parseTree } from "./grammar.ts";
import { parseInParts } from "./parse-in-parts.ts";
import type { NodeKind, ParsedSql, Statement } from "./statement.ts";
import { syntaxProblem } from "./syntax-problem.ts";
import { tokens } from "./tokens.ts";

export { loadParser } from "./grammar.ts";

/** In UTF-16 units. */
const longText = 1_000_000;

/** Parses with the grammar of PostgreSQL 18. A syntax error is a value, in `problem`. */
export function parseSql(text: string): ParsedSql {
  const offsets = byteOffsets(text);
  const offsetAt = (byte: number) => offsets.toUtf16(byte);
  // The parser takes a C string: it would not see what follows a NUL.
  const nul = text.indexOf("\0");
  if (nul >= 0) {
    const problem = { message: "invalid NUL character", start: nul, end: nul + 1 };
    return { text, statements: [], problem, offsetAt };
  }
  const tree = (text.length > longText && parseInParts(text)) || parseTree(text);
  if ("refused" in tree) return { text, statements: [], problem: syntaxProblem(text, tree), offsetAt };
  const statements: Statement[] = [];
  for (const { stmt, stmt_location, stmt_len } of tree.stmts ?? []) {
    if (!stmt) continue;
    const byte = stmt_location ?? 0;
    const start = offsetAt(byte);
    // The length is absent where no `;` follows.
    const rawEnd = stmt_len === undefined ? text.length : offsetAt(byte + stmt_len);
    const end = endOfLastToken(text, start, rawEnd);
    statements.push({ index: statements.length, kind: kindOf(stmt), node: stmt, start, end });
  }
  return { text, statements, offsetAt };
}

function kindOf(node: Node): NodeKind {
  return Object.keys(node)[0] as NodeKind;
}

/** What the parser calls the statement's end may include white space and comments. */
function endOfLastToken(text: string, start: number, rawEnd: number): number {
  const end = trimEnd(text, start, rawEnd);
  const sql = text.slice(start, end);
  const endsInComment = sql.endsWith("*/") || sql.includes("--", sql.lastIndexOf("\n") + 1);
  if (!endsInComment) return end;
  let last = start;
  for (const token of tokens(text, start, end)) {
    if (token.kind !== "line-comment" && token.kind !== "block-comment") last = token.end;
  }
  return last;
}

function trimEnd(text: string, start: number, end: number): number {
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return end;
}
