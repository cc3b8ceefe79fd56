import type { CreateTableAsStmt, Node } from "@pgsql/types";
import type { FileEdit } from "../../report/model.ts";
import type { Statement } from "../../sql/statement.ts";
import { tokens } from "../../sql/tokens.ts";
import { commandRanges } from "../facts/command-ranges.ts";
import type { StatementContext } from "../rule.ts";

type Insert = Extract<FileEdit, { kind: "replace" }>;

/** The edits that write every guard which the statement lacks. */
export function guarding(context: StatementContext, statement: Statement): Insert[] {
  const { node, start, end } = statement;
  const { text } = context.parsed;
  const guard = guardFor(node, context);
  if (!guard) return [];
  const { path: file } = context.script.file;
  const insert = (at: number | undefined, words: string): Insert[] =>
    at === undefined ? [] : [{ kind: "replace", file, start: at, end: at, text: ` ${words}` }];
  if (!("AlterTableStmt" in node)) return insert(placeAfter(text, start, end, guard.after), guard.words);
  const commands = node.AlterTableStmt.cmds ?? [];
  const ranges = commandRanges(text, statement, commands.length) ?? [];
  return commands.flatMap((command, index) => {
    const own = commandGuard(command, node.AlterTableStmt.objtype === "OBJECT_TYPE");
    const range = ranges[index];
    return own && range ? insert(placeAfter(text, range.start, range.end, own.after), own.words) : [];
  });
}

export interface Guard {
  readonly what: string;
  readonly words: "IF NOT EXISTS" | "IF EXISTS" | "OR REPLACE";
  /** The guard stands behind the first of these key words. */
  readonly after: RegExp;
}

/** The words that would let the statement be run again, where it has such and they are not there. */
export function guardFor(node: Node, { postgres }: StatementContext): Guard | undefined {
  const create = (what: string, after: RegExp): Guard => ({
    what: `CREATE ${what}`,
    words: "IF NOT EXISTS",
    after,
  });
  const replace = (what: string): Guard => ({
    what: `CREATE ${what}`,
    words: "OR REPLACE",
    after: /^create$/i,
  });
  if ("CreateStmt" in node && !node.CreateStmt.if_not_exists) {
    return node.CreateStmt.relation?.relpersistence === "t" ? undefined : create("TABLE", /^table$/i);
  }
  // IF NOT EXISTS takes no elements of the schema.
  if (
    "CreateSchemaStmt" in node &&
    !node.CreateSchemaStmt.if_not_exists &&
    !node.CreateSchemaStmt.schemaElts?.length
  )
    return create("SCHEMA", /^schema$/i);
  if ("CreateTableAsStmt" in node) return copyGuard(node.CreateTableAsStmt, create);
  if ("AlterEnumStmt" in node && node.AlterEnumStmt.oldVal === undefined)
    return node.AlterEnumStmt.skipIfNewValExists
      ? undefined
      : { what: "ADD VALUE", words: "IF NOT EXISTS", after: /^add$/i };
  if ("CreateExtensionStmt" in node && !node.CreateExtensionStmt.if_not_exists)
    return create("EXTENSION", /^extension$/i);
  if ("CreateSeqStmt" in node && !node.CreateSeqStmt.if_not_exists) return create("SEQUENCE", /^sequence$/i);
  // An index without a name gets a new one each time; CONCURRENTLY may leave an invalid one.
  if (
    "IndexStmt" in node &&
    !node.IndexStmt.if_not_exists &&
    !node.IndexStmt.concurrent &&
    node.IndexStmt.idxname
  ) {
    return create("INDEX", /^index$/i);
  }
  if ("ViewStmt" in node && !node.ViewStmt.replace) return replace("VIEW");
  if ("CreateFunctionStmt" in node && !node.CreateFunctionStmt.replace) {
    return replace(node.CreateFunctionStmt.is_procedure ? "PROCEDURE" : "FUNCTION");
  }
  if (
    "CreateTrigStmt" in node &&
    !node.CreateTrigStmt.replace &&
    !node.CreateTrigStmt.isconstraint &&
    postgres >= 14
  ) {
    return replace("TRIGGER");
  }
  if ("DropStmt" in node && !node.DropStmt.missing_ok) {
    const words =
      /^(?:table|view|index|sequence|schema|type|domain|function|procedure|aggregate|trigger|policy|rule|extension)$/i;
    return { what: "DROP", words: "IF EXISTS", after: words };
  }
  if ("AlterTableStmt" in node) return columnGuard(node);
  return undefined;
}

/** CREATE TABLE AS and CREATE MATERIALIZED VIEW */
function copyGuard(
  { objtype, if_not_exists, into }: CreateTableAsStmt,
  create: (what: string, after: RegExp) => Guard,
): Guard | undefined {
  if (if_not_exists || into?.rel?.relpersistence === "t") return undefined;
  return objtype === "OBJECT_MATVIEW" ? create("MATERIALIZED VIEW", /^view$/i) : create("TABLE", /^table$/i);
}

function columnGuard(node: Extract<Node, { AlterTableStmt: unknown }>): Guard | undefined {
  const isOfType = node.AlterTableStmt.objtype === "OBJECT_TYPE";
  const guards = (node.AlterTableStmt.cmds ?? []).flatMap((command) => commandGuard(command, isOfType) ?? []);
  return guards[0];
}

/** COLUMN may be left out. */
function commandGuard(node: Node, isOfType: boolean): Guard | undefined {
  if (!("AlterTableCmd" in node) || node.AlterTableCmd.missing_ok) return undefined;
  const { subtype } = node.AlterTableCmd;
  // ADD ATTRIBUTE has no such words.
  if (isOfType)
    return subtype === "AT_DropColumn"
      ? { what: "DROP ATTRIBUTE", words: "IF EXISTS", after: /^attribute$/i }
      : undefined;
  if (subtype === "AT_AddColumn") return { what: "ADD COLUMN", words: "IF NOT EXISTS", after: /^add$/i };
  if (subtype === "AT_DropColumn") return { what: "DROP COLUMN", words: "IF EXISTS", after: /^drop$/i };
  if (subtype === "AT_DropConstraint")
    return { what: "DROP CONSTRAINT", words: "IF EXISTS", after: /^constraint$/i };
  return undefined;
}

/** The end of the key word, or of CONCURRENTLY, COLUMN or VALUE behind it: what follows may be a name like one. */
function placeAfter(text: string, start: number, end: number, word: RegExp): number | undefined {
  let place: number | undefined;
  for (const token of tokens(text, start, end)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    const written = token.kind === "word" ? text.slice(token.start, token.end) : "";
    if (place !== undefined) return /^(?:concurrently|column|value)$/i.test(written) ? token.end : place;
    if (word.test(written)) place = token.end;
  }
  return undefined;
}
