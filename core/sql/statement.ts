import type { Node } from "@pgsql/types";

/** Name of the one key of a parse-tree node: "CreateStmt", "IndexStmt", … */
export type NodeKind = Node extends infer N ? (N extends object ? keyof N : never) : never;

/**
 * One SQL statement. `start` is the first character of its first token (leading comments and white space excluded),
 * `end` is after its last token (final `;` excluded): 0-based UTF-16 offsets into the text that was parsed.
 */
export interface Statement {
  readonly index: number;
  readonly kind: NodeKind;
  /** Parse tree of libpg-query, unwrapped. Locations inside are UTF-8 bytes: map them with `ParsedSql.offsetAt`. */
  readonly node: Node;
  readonly start: number;
  readonly end: number;
}

export interface SyntaxProblem {
  /** PostgreSQL's words: `syntax error at or near "FORIEGN"`. */
  readonly message: string;
  /** 0-based UTF-16 offsets of the offending token. */
  readonly start: number;
  readonly end: number;
}

/** A text and its statements. After a syntax error `statements` is empty. */
export interface ParsedSql {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly problem?: SyntaxProblem;
  /** UTF-8 byte offset of the parse tree → 0-based UTF-16 offset in `text`. */
  offsetAt(byte: number): number;
}
