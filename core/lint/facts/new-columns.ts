import type { ColumnDef, Constraint, Node } from "@pgsql/types";
import { strings } from "../../catalog/simulate/relations.ts";
import { tokens } from "../../sql/tokens.ts";
import { columnTypeEnd } from "../help/new-column-sql.ts";
import type { StatementContext } from "../rule.ts";
import type { TextRange } from "./command-ranges.ts";

/** A column that CREATE TABLE or ADD COLUMN declares. */
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
}

/** Columns of temporary tables, and those that no type was written for, are left out. */
export function newColumns({ statement, parsed, outcome }: StatementContext): NewColumn[] {
  const { node } = statement;
  if (outcome.failure || outcome.skipped.length > 0) return [];
  const elements = elementsOf(node);
  const key = elements.flatMap((element) =>
    "Constraint" in element && element.Constraint.contype === "CONSTR_PRIMARY"
      ? [strings(element.Constraint.keys)]
      : [],
  )[0];
  return elements.flatMap((element) => {
    if (!("ColumnDef" in element) || !element.ColumnDef.typeName) return [];
    const def = element.ColumnDef;
    const name = def.colname ?? "";
    const start = parsed.offsetAt(def.typeName?.location ?? 0);
    const end = columnTypeEnd(parsed.text, start, statement.end);
    const isKey = (key?.length === 1 && key[0] === name) || has(def, "CONSTR_PRIMARY");
    const type = strings(def.typeName?.names)
      .filter((part, index) => index > 0 || part !== "pg_catalog")
      .join(".");
    const refers = has(def, "CONSTR_FOREIGN") || elements.some((it) => isForeignKey(it, name));
    return [{ def, name, type, range: { start, end }, isKey, refers }];
  });
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
