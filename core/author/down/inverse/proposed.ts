/**
 * How far a proposed statement can be trusted. `exact`: the schema is as before. `needs data`: the schema is, the rows are
 * not. `cannot`: nothing brings it back; the statement is a comment that says why.
 */
export type Confidence = "exact" | "needs data" | "cannot";

export interface ProposedStatement {
  /** One statement without its semicolon, or a comment where the confidence is `cannot`. */
  readonly sql: string;
  readonly confidence: Confidence;
  /** What the author has to know: "the values of users.nickname are lost". */
  readonly note?: string;
  /** Needed at its place, also where the same was said before. */
  readonly again?: true;
}

export function exact(sql: string): ProposedStatement {
  return { sql, confidence: "exact" };
}

export function needsData(sql: string, note: string): ProposedStatement {
  return { sql, confidence: "needs data", note };
}

export function cannot(note: string): ProposedStatement {
  return { sql: `-- ${note}`, confidence: "cannot", note };
}
