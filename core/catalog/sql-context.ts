/** What a piece of SQL is. A value is an expression that becomes one of a known type: that of the column it is for. */
export type SqlContext = "expression" | "value" | "constraint" | "statement";

/** The text as a statement that can be parsed. */
export function framed(text: string, context: SqlContext): string {
  if (context === "statement") return text;
  return context === "constraint" ? `ALTER TABLE t ADD ${text}` : `SELECT ${text}`;
}

/** The expression without its frame. */
export function withoutFrame(statement: unknown): unknown {
  const { targetList } =
    (statement as { SelectStmt?: { targetList?: { ResTarget?: { val?: unknown } }[] } }).SelectStmt ?? {};
  return targetList?.[0]?.ResTarget?.val ?? statement;
}
