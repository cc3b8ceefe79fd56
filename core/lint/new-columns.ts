import type { ColumnDef, Node } from "@pgsql/types";
import { strings } from "../catalog/simulate/relations.ts";
import { tokens } from "../sql/tokens.ts";
import type { TextRange } from "./command-ranges.ts";
import { columnTypeEnd } from "./new-column-sql.ts";
import type { StatementContext } from "./rule.ts";

/** A column that CREATE TABLE or ADD COLUMN declares. */
export interface NewColumn {
  readonly def: ColumnDef;
  readonly name: string;
  /** Last part of its type as the grammar spells it: `int4`, `bpchar`, `timestamp`, `serial`. */
  readonly type: string;
  /** Where the type stands in the file. */
  readonly range: TextRange;
  /** Is the column the primary key, or the only column of it? */
  readonly isKey: boolean;
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
    const isKey = (key?.length === 1 && key[0] === name) || hasPrimaryKey(def);
    return [{ def, name, type: strings(def.typeName?.names).at(-1) ?? "", range: { start, end }, isKey }];
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

function hasPrimaryKey({ constraints }: ColumnDef): boolean {
  return (constraints ?? []).some(
    (node) => "Constraint" in node && node.Constraint.contype === "CONSTR_PRIMARY",
  );
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
