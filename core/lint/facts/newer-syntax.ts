import type { AlterTableCmd, Constraint, Node } from "@pgsql/types";
import { hasOption } from "../../catalog/simulate/options.ts";
import { walk } from "../../catalog/simulate/walk.ts";

export interface NewerSyntax {
  /** The major version that has it first. */
  readonly since: number;
  /** What it is, as the subject of a sentence in the plural. */
  readonly words: string;
  /** What older versions have in its place. */
  readonly instead?: string;
}

interface Syntax extends NewerSyntax {
  readonly isIn: (node: Node) => boolean;
}

/** Of all that a statement writes, what came last, if that is newer than this version. */
export function newerSyntax(statement: Node, postgres: number): NewerSyntax | undefined {
  // The newest grammar of all understands whatever was parsed: no tree has to be walked for it.
  if (postgres >= newestSyntax) return undefined;
  let found: NewerSyntax | undefined;
  walk(statement, (node) => {
    for (const syntax of syntaxes) {
      if (syntax.since <= Math.max(postgres, found?.since ?? 0)) break;
      if (syntax.isIn(node)) found = syntax;
    }
    return undefined;
  });
  return found;
}

/** What a grammar took in, newest first: section E.1 and on of the manual, "Migration" and "Changes" of each release. */
const syntaxes: readonly Syntax[] = [
  {
    since: 18,
    words: "VIRTUAL generated columns",
    instead: "write STORED",
    isIn: ofConstraint(
      ({ contype, generated_kind }) => contype === "CONSTR_GENERATED" && generated_kind === "v",
    ),
  },
  {
    since: 18,
    words: "constraints that are NOT ENFORCED",
    isIn: ofConstraint(({ contype, is_enforced }) =>
      contype === "CONSTR_CHECK" || contype === "CONSTR_FOREIGN"
        ? is_enforced !== true
        : contype === "CONSTR_ATTR_NOT_ENFORCED",
    ),
  },
  {
    since: 18,
    words: "NOT NULL constraints of a table",
    instead: "write ALTER COLUMN … SET NOT NULL",
    isIn: ofConstraint(({ contype, keys }) => contype === "CONSTR_NOTNULL" && keys !== undefined),
  },
  {
    since: 18,
    words: "WITHOUT OVERLAPS and PERIOD",
    instead: "write EXCLUDE USING gist",
    isIn: ofConstraint((it) => it.without_overlaps === true || it.fk_with_period === true),
  },
  {
    since: 17,
    words: "SET EXPRESSION",
    instead: "drop the column and add it again",
    isIn: ofCommand(({ subtype }) => subtype === "AT_SetExpression"),
  },
  { since: 17, words: "JSON_TABLE", isIn: (node) => "JsonTable" in node },
  {
    since: 17,
    words: "MERGE … RETURNING",
    isIn: (node) => "MergeStmt" in node && node.MergeStmt.returningClause !== undefined,
  },
  {
    since: 16,
    words: "JSON_OBJECT with keys and IS JSON",
    instead: "write jsonb_build_object",
    isIn: (node) => "JsonObjectConstructor" in node || "JsonIsPredicate" in node,
  },
  { since: 15, words: "MERGE", instead: "write INSERT … ON CONFLICT", isIn: (node) => "MergeStmt" in node },
  {
    since: 15,
    words: "NULLS NOT DISTINCT",
    instead: "make a unique index over coalesce(…)",
    isIn: (node) =>
      ("IndexStmt" in node && node.IndexStmt.nulls_not_distinct === true) ||
      ofConstraint((it) => it.nulls_not_distinct === true)(node),
  },
  {
    since: 15,
    words: "ON DELETE SET NULL and SET DEFAULT of some columns",
    isIn: ofConstraint((it) => it.fk_del_set_cols !== undefined),
  },
  {
    since: 15,
    words: "views WITH (security_invoker)",
    isIn: (node) => "ViewStmt" in node && hasOption(node.ViewStmt.options, "security_invoker"),
  },
  {
    since: 15,
    words: "publications of schemas, columns and rows",
    isIn: (node) =>
      "PublicationObjSpec" in node &&
      (node.PublicationObjSpec.pubobjtype !== "PUBLICATIONOBJ_TABLE" ||
        node.PublicationObjSpec.pubtable?.columns !== undefined ||
        node.PublicationObjSpec.pubtable?.whereClause !== undefined),
  },
  {
    since: 14,
    words: "DETACH PARTITION … CONCURRENTLY and FINALIZE",
    isIn: ofCommand(
      ({ subtype, def }) =>
        subtype === "AT_DetachPartitionFinalize" ||
        (subtype === "AT_DetachPartition" &&
          def !== undefined &&
          "PartitionCmd" in def &&
          def.PartitionCmd.concurrent === true),
    ),
  },
  {
    since: 14,
    words: "CREATE OR REPLACE TRIGGER",
    instead: "drop the trigger first",
    isIn: (node) => "CreateTrigStmt" in node && node.CreateTrigStmt.replace === true,
  },
  {
    since: 14,
    words: "functions with a body in SQL's own syntax",
    instead: "write AS with the body as a string",
    isIn: (node) => "CreateFunctionStmt" in node && node.CreateFunctionStmt.sql_body !== undefined,
  },
  {
    since: 14,
    words: "columns with COMPRESSION",
    isIn: (node) =>
      ("ColumnDef" in node && node.ColumnDef.compression !== undefined) ||
      ofCommand(({ subtype }) => subtype === "AT_SetCompression")(node),
  },
  {
    since: 14,
    words: "statistics on expressions",
    isIn: (node) => "StatsElem" in node && node.StatsElem.expr !== undefined,
  },
  {
    since: 13,
    words: "DROP EXPRESSION",
    isIn: ofCommand(({ subtype }) => subtype === "AT_DropExpression"),
  },
  {
    since: 13,
    words: "FETCH FIRST … WITH TIES",
    isIn: (node) => "SelectStmt" in node && node.SelectStmt.limitOption === "LIMIT_OPTION_WITH_TIES",
  },
  {
    since: 12,
    words: "generated columns",
    instead: "fill the column with a trigger",
    isIn: ofConstraint(({ contype }) => contype === "CONSTR_GENERATED"),
  },
  {
    since: 12,
    words: "REINDEX CONCURRENTLY",
    instead: "build another index CONCURRENTLY and drop the old one",
    isIn: (node) => "ReindexStmt" in node && hasOption(node.ReindexStmt.params, "concurrently"),
  },
  {
    since: 12,
    words: "WITH … AS [NOT] MATERIALIZED",
    isIn: (node) =>
      "CommonTableExpr" in node && node.CommonTableExpr.ctematerialized !== "CTEMaterializeDefault",
  },
  {
    since: 11,
    words: "procedures and CALL",
    isIn: (node) =>
      "CallStmt" in node || ("CreateFunctionStmt" in node && node.CreateFunctionStmt.is_procedure === true),
  },
  {
    since: 11,
    words: "indexes with INCLUDE",
    isIn: (node) =>
      ("IndexStmt" in node && node.IndexStmt.indexIncludingParams !== undefined) ||
      ofConstraint((it) => it.including !== undefined)(node),
  },
  {
    since: 11,
    words: "default partitions",
    isIn: (node) => "CreateStmt" in node && node.CreateStmt.partbound?.is_default === true,
  },
  {
    since: 11,
    words: "partitions by hash",
    isIn: (node) => "CreateStmt" in node && node.CreateStmt.partspec?.strategy === "PARTITION_STRATEGY_HASH",
  },
  {
    since: 10,
    words: "identity columns",
    instead: "write bigserial",
    isIn: ofConstraint(({ contype }) => contype === "CONSTR_IDENTITY"),
  },
  {
    since: 10,
    words: "partitioned tables",
    isIn: (node) => "CreateStmt" in node && node.CreateStmt.partspec !== undefined,
  },
  { since: 10, words: "extended statistics", isIn: (node) => "CreateStatsStmt" in node },
  {
    since: 10,
    words: "ALTER TYPE … RENAME VALUE",
    isIn: (node) => "AlterEnumStmt" in node && node.AlterEnumStmt.oldVal !== undefined,
  },
];

const newestSyntax = Math.max(...syntaxes.map(({ since }) => since));

function ofConstraint(isIn: (constraint: Constraint) => boolean): (node: Node) => boolean {
  return (node) => "Constraint" in node && isIn(node.Constraint);
}

function ofCommand(isIn: (command: AlterTableCmd) => boolean): (node: Node) => boolean {
  return (node) => "AlterTableCmd" in node && isIn(node.AlterTableCmd);
}
