import type { ColumnDef, Constraint, Node } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { tokens } from "../../sql/tokens.ts";
import { columnTypeEnd } from "../help/new-column-sql.ts";
import type { StatementContext } from "../rule.ts";
import type { TextRange } from "./command-ranges.ts";
import { commandsOf } from "./later-commands.ts";
import { onceForEach } from "./once-for-each.ts";

/** A column that CREATE TABLE or ADD COLUMN declares, or that ALTER COLUMN … TYPE gives a type that it had not. */
export interface NewColumn {
  readonly def: ColumnDef;
  readonly name: string;
  /** Its type as the grammar spells it: `int4`, `bpchar`, `timestamp`, `serial`; with its schema where it is a team's own. */
  readonly type: string;
  /** Where the type stands in the file. */
  readonly range: TextRange;
  /** Is the column the primary key, or the only column of it? */
  readonly isKey: boolean;
  /** A foreign key on its own: the column has to be what it refers to. */
  readonly refers: boolean;
  /** It was there before, with another type: its values have to fit. */
  readonly changes?: true;
}

/** Columns of temporary tables, and those that no type was written for, are left out. */
export const newColumns: (context: StatementContext) => readonly NewColumn[] = onceForEach(readColumns);

function readColumns(context: StatementContext): NewColumn[] {
  const { statement, parsed, outcome } = context;
  const { node } = statement;
  if (outcome.failure || outcome.skipped.length > 0) return [];
  const elements = elementsOf(node);
  const key = elements.flatMap((element) =>
    "Constraint" in element && element.Constraint.contype === "CONSTR_PRIMARY"
      ? [strings(element.Constraint.keys)]
      : [],
  )[0];
  const changed = changedColumns(context);
  return [...elements, ...changed.keys()].flatMap((element) => {
    if (!("ColumnDef" in element) || !element.ColumnDef.typeName) return [];
    const def = element.ColumnDef;
    const name = changed.get(element) ?? def.colname ?? "";
    const start = parsed.offsetAt(def.typeName?.location ?? 0);
    const end = columnTypeEnd(parsed.text, start, statement.end);
    const isKey = (key?.length === 1 && key[0] === name) || has(def, "CONSTR_PRIMARY");
    const type = strings(def.typeName?.names)
      .filter((part, index) => index > 0 || part !== "pg_catalog")
      .join(".");
    const refers = has(def, "CONSTR_FOREIGN") || elements.some((it) => isForeignKey(it, name));
    const column = { def, name, type, range: { start, end }, isKey, refers };
    return [changed.has(element) ? { ...column, changes: true } : column];
  });
}

/** ALTER COLUMN … TYPE, with the names of the columns; what is only lengthened keeps its type. */
function changedColumns({ statement, outcome, catalog, after }: StatementContext): ReadonlyMap<Node, string> {
  const columns = new Map<Node, string>();
  const { node } = statement;
  const table = outcome.locks.find(({ key }) => key.startsWith("table "))?.key;
  if (!("AlterTableStmt" in node) || table === undefined) return columns;
  for (const { subtype, name = "", def } of commandsOf(node)) {
    if (subtype !== "AT_AlterColumnType" || !def) continue;
    const key = `column ${table.slice("table ".length)}.${quoteIdentifier(name)}`;
    const [was, is] = [catalog.at(key), after.at(key)];
    if (was?.kind !== "column" || is?.kind !== "column") continue;
    if (bareType(was.attributes.type) !== bareType(is.attributes.type)) columns.set(def, name);
  }
  return columns;
}

/** `character(3)` → `character` */
function bareType(type: string): string {
  return type.replace(/\(.*?\)/, "");
}

function elementsOf(node: Node): readonly Node[] {
  if ("CreateStmt" in node) {
    return node.CreateStmt.relation?.relpersistence === "t" ? [] : (node.CreateStmt.tableElts ?? []);
  }
  if (!("AlterTableStmt" in node)) return [];
  return (node.AlterTableStmt.cmds ?? []).flatMap((command) =>
    "AlterTableCmd" in command &&
    command.AlterTableCmd.subtype === "AT_AddColumn" &&
    command.AlterTableCmd.def
      ? [command.AlterTableCmd.def]
      : [],
  );
}

function has({ constraints }: ColumnDef, type: Constraint["contype"]): boolean {
  return (constraints ?? []).some((node) => "Constraint" in node && node.Constraint.contype === type);
}

function isForeignKey(element: Node, column: string): boolean {
  if (!("Constraint" in element) || element.Constraint.contype !== "CONSTR_FOREIGN") return false;
  const columns = strings(element.Constraint.fk_attrs);
  return columns.length === 1 && columns[0] === column;
}

/** Is the type an array, written in either way? */
export function isArray({ def }: NewColumn): boolean {
  return (def.typeName?.arrayBounds?.length ?? 0) > 0;
}

/** The range without the brackets of an array. */
export function withoutBrackets(text: string, { start, end }: TextRange): TextRange {
  for (const token of tokens(text, start, end)) {
    const word = text.slice(token.start, token.end);
    if (word === "[" || /^array$/i.test(word))
      return { start, end: start + text.slice(start, token.start).trimEnd().length };
  }
  return { start, end };
}
