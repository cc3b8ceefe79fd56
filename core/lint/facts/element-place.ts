import type { Node } from "@pgsql/types";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { ParsedSql, Statement } from "../../sql/statement.ts";
import { tokens } from "../../sql/tokens.ts";
import { commandPlace } from "./command-place.ts";
import type { TextRange } from "./command-ranges.ts";

/** The first element of a CREATE TABLE that is meant; else the whole statement. */
export function placeOfElement(
  parsed: ParsedSql,
  statement: Statement,
  isMeant: (element: Node) => boolean,
): TextRange {
  const { node } = statement;
  const elements = "CreateStmt" in node ? (node.CreateStmt.tableElts ?? []) : [];
  const location = locationOf(elements.find(isMeant));
  if (location === undefined) return { start: statement.start, end: statement.end };
  const start = parsed.offsetAt(location);
  return { start, end: endOfElement(parsed.text, start, statement.end) };
}

/** The element of a CREATE TABLE that names it, or declares it; else the whole statement. */
export function placeNaming(parsed: ParsedSql, statement: Statement, key: ObjectKey): TextRange {
  const name = lastPart(key);
  return placeOfElement(parsed, statement, (element) => {
    let found = "ColumnDef" in element && element.ColumnDef.colname === name;
    walk(element, (node) => {
      found ||= "Constraint" in node && node.Constraint.pktable?.relname === name;
      found ||= "String" in node && node.String.sval === name;
      return undefined;
    });
    return found;
  });
}

/** Where a statement declares a foreign key over these columns: its subcommand, or its element of CREATE TABLE; else the whole. */
export function foreignKeyPlace(
  parsed: ParsedSql,
  statement: Statement,
  columns: readonly string[],
  command: number | undefined,
): TextRange {
  return "AlterTableStmt" in statement.node
    ? commandPlace(parsed, statement, command)
    : placeOfElement(parsed, statement, (element) => declares(element, columns));
}

/** As the tree counts: in bytes. */
function locationOf(element: Node | undefined): number | undefined {
  if (element && "ColumnDef" in element) return element.ColumnDef.location;
  return element && "Constraint" in element ? element.Constraint.location : undefined;
}

function declares(element: Node, columns: readonly string[]): boolean {
  if ("Constraint" in element) {
    const { contype, fk_attrs } = element.Constraint;
    return contype === "CONSTR_FOREIGN" && strings(fk_attrs).join() === columns.join();
  }
  if (!("ColumnDef" in element) || element.ColumnDef.colname !== columns.join()) return false;
  return (element.ColumnDef.constraints ?? []).some(
    (it) => "Constraint" in it && it.Constraint.contype === "CONSTR_FOREIGN",
  );
}

/** Before the comma, or the parenthesis that ends the list. */
function endOfElement(text: string, start: number, limit: number): number {
  let depth = 0;
  let end = start;
  for (const token of tokens(text, start, limit)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    const word = text.slice(token.start, token.end);
    if (word === "(") depth++;
    if ((word === ")" && depth-- === 0) || (word === "," && depth === 0)) break;
    end = token.end;
  }
  return end;
}
