import type { ParseResult, RawStmt } from "@pgsql/types";
import { parseTree } from "./grammar.ts";
import { splitStatements } from "./splitter.ts";

/** In UTF-16 units. Parts this large cost the grammar's memory little, and what each part adds in time is not seen. */
const partSize = 250_000;

/** Every field of a tree that is a place in the text. */
const places: ReadonlySet<string> = new Set([
  "location",
  "stmt_location",
  "name_location",
  "list_start",
  "list_end",
  "rexpr_list_start",
  "rexpr_list_end",
]);

/**
 * The tree of a long text, a part of it parsed at a time: the grammar's memory never shrinks, and takes some 25 times
 * what it parses at once, besides the tree as JSON. It is the tree of the whole text. Undefined where a part does not
 * parse, be it that the text was cut in the wrong place: the whole then tells what is wrong.
 */
export function parseInParts(text: string, size = partSize): ParseResult | undefined {
  const stmts: RawStmt[] = [];
  let bytes = 0;
  for (const part of partsOf(text, size)) {
    // The grammar leaves a place out that is 0: behind a blank none is, but for those that are in the whole text.
    const blank = bytes === 0 ? "" : " ";
    const tree = parseTree(blank + part);
    if ("refused" in tree) return undefined;
    const parsed = tree.stmts ?? [];
    if (bytes > 0) move(parsed, bytes - blank.length);
    for (const statement of parsed) stmts.push(statement);
    bytes += new TextEncoder().encode(part).length;
  }
  return { stmts };
}

/** Each begins with a statement, and holds all that stands before the next. */
function* partsOf(text: string, size: number): Generator<string> {
  let start = 0;
  for (const piece of splitStatements(text)) {
    if (piece.start - start < size) continue;
    yield text.slice(start, piece.start);
    start = piece.start;
  }
  yield text.slice(start);
}

/** Without recursion: an expression may be nested deeper than the stack is. */
function move(statements: readonly RawStmt[], by: number): void {
  const waiting: object[] = [...statements];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const fields = node as Record<string, unknown>;
    for (const name in fields) {
      const value = fields[name];
      if (typeof value === "object" && value !== null) waiting.push(value);
      else if (typeof value === "number" && value >= 0 && places.has(name)) fields[name] = value + by;
    }
  }
}
