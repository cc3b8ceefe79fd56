import type { ColumnDef } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { oneLine } from "../../sql/one-line.ts";
import { tokens } from "../../sql/tokens.ts";

/** Words that begin the next column constraint, and so end an expression outside of parentheses. */
const next =
  /^(?:not|null|unique|primary|references|check|constraint|collate|generated|deferrable|initially|default|using)$/i;

/** `DEFAULT gen_random_uuid()`: the clause that begins at `start`. */
export function defaultSql(text: string, start: number, limit: number): string {
  let depth = 0;
  let end = start;
  let first = true;
  for (const token of tokens(text, start, limit)) {
    const word = text.slice(token.start, token.end);
    if (!first && depth === 0 && (word === "," || word === ")" || word === ";")) break;
    if (!first && depth === 0 && token.kind === "word" && next.test(word)) break;
    if (word === "(" || word === "[") depth += 1;
    if (word === ")" || word === "]") depth -= 1;
    end = token.end;
    first = false;
  }
  return oneLine(text, start, end);
}

/** The type as written: from its first word up to the first constraint behind it. */
export function typeSql(text: string, start: number, limit: number): string {
  return oneLine(text, start, columnTypeEnd(text, start, limit));
}

/** Where the type that begins at `start` ends: before a constraint, a comma, or the end of the column list. */
export function columnTypeEnd(text: string, start: number, limit: number): number {
  let depth = 0;
  let end = start;
  for (const token of tokens(text, start, limit)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    const word = text.slice(token.start, token.end);
    if (depth === 0 && (word === "," || word === ")")) break;
    if (depth === 0 && token.kind === "word" && next.test(word)) break;
    if (word === "(" || word === "[") depth += 1;
    if (word === ")" || word === "]") depth -= 1;
    end = token.end;
  }
  return end;
}

/** ` COLLATE "C"`, where the column has one. */
export function collateSql(def: ColumnDef | undefined): string {
  const name = strings(def?.collClause?.collname).map(quoteIdentifier).join(".");
  return name === "" ? "" : ` COLLATE ${name}`;
}
