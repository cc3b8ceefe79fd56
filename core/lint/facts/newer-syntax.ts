import type { AlterTableCmd, Constraint, Node, ReturningClause, TypeName } from "@pgsql/types";
import { hasOption } from "../../catalog/simulate/options.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import { newerFunction, newerType } from "./newer-functions.ts";

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

/**
 * Of all that a statement writes, what came last, if that is newer than this version. `isOwn`: did a migration make a
 * function of this name, or an extension that has it?
 */
export function newerSyntax(
  statement: Node,
  postgres: number,
  isOwn: (name: string) => boolean = () => false,
): NewerSyntax | undefined {
  // The newest grammar of all understands whatever was parsed: no tree has to be walked for it.
  if (postgres >= newestSyntax) return undefined;
  let found: NewerSyntax | undefined;
  walk(statement, (node) => {
    for (const syntax of syntaxes) {
      if (syntax.since <= Math.max(postgres, found?.since ?? 0)) break;
      if (syntax.isIn(node)) found = syntax;
    }
    const type = typeIn(node);
    const named =
      "FuncCall" in node ? newerFunction(node.FuncCall, postgres, isOwn) : type && newerType(type, postgres);
    if (named && named.since > (found?.since ?? 0)) found = named;
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
  { since: 18, words: "RETURNING of old and new", isIn: returnsBoth },
  {
    since: 18,
    words: "ALTER CONSTRAINT … [NOT] ENFORCED and [NO] INHERIT",
    isIn: ofCommand(
      ({ def }) =>
        def !== undefined &&
        "ATAlterConstraint" in def &&
        (def.ATAlterConstraint.alterEnforceability === true ||
          def.ATAlterConstraint.alterInheritability === true),
    ),
  },
  {
    since: 18,
    words: "publications of generated columns",
    isIn: (node) =>
      ("CreatePublicationStmt" in node &&
        hasOption(node.CreatePublicationStmt.options, "publish_generated_columns")) ||
      ("AlterPublicationStmt" in node &&
        hasOption(node.AlterPublicationStmt.options, "publish_generated_columns")),
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
    since: 17,
    words: "JSON_VALUE, JSON_QUERY, JSON_EXISTS and JSON(…)",
    isIn: (node) =>
      ["JsonFuncExpr", "JsonParseExpr", "JsonScalarExpr", "JsonSerializeExpr"].some((kind) => kind in node),
  },
  {
    since: 17,
    words: "WHEN NOT MATCHED BY SOURCE",
    isIn: (node) =>
      "MergeWhenClause" in node && node.MergeWhenClause.matchKind === "MERGE_WHEN_NOT_MATCHED_BY_SOURCE",
  },
  {
    since: 17,
    words: "the privilege MAINTAIN",
    isIn: (node) =>
      "GrantStmt" in node &&
      node.GrantStmt.privileges?.some(
        (it) => "AccessPriv" in it && it.AccessPriv.priv_name === "maintain",
      ) === true,
  },
  {
    since: 16,
    words: "JSON_OBJECT with keys and IS JSON",
    instead: "write jsonb_build_object",
    isIn: (node) => "JsonObjectConstructor" in node || "JsonIsPredicate" in node,
  },
  {
    since: 16,
    words: "JSON_ARRAYAGG and JSON_OBJECTAGG",
    isIn: (node) => "JsonArrayAgg" in node || "JsonObjectAgg" in node,
  },
  {
    since: 16,
    words: "columns with STORAGE",
    instead: "write ALTER COLUMN … SET STORAGE",
    isIn: (node) => "ColumnDef" in node && Boolean(node.ColumnDef.storage_name),
  },
  {
    since: 16,
    words: "memberships WITH INHERIT and WITH SET",
    isIn: (node) =>
      "GrantRoleStmt" in node &&
      (hasOption(node.GrantRoleStmt.opt, "inherit") || hasOption(node.GrantRoleStmt.opt, "set")),
  },
  {
    since: 16,
    words: "subqueries in FROM without an alias",
    instead: "give it one",
    isIn: (node) => "RangeSubselect" in node && node.RangeSubselect.alias === undefined,
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
    words: "views SET (security_invoker)",
    isIn: ofCommand(
      ({ subtype, def }) =>
        subtype === "AT_SetRelOptions" &&
        def !== undefined &&
        "List" in def &&
        hasOption(def.List.items, "security_invoker"),
    ),
  },
  {
    since: 15,
    words: "numeric with a scale that is negative or above its precision",
    isIn: (node) => isWideScale(typeIn(node)),
  },
  {
    since: 15,
    words: "SET ACCESS METHOD",
    isIn: ofCommand(({ subtype }) => subtype === "AT_SetAccessMethod"),
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
    words: "REINDEX with a TABLESPACE",
    isIn: (node) => "ReindexStmt" in node && hasOption(node.ReindexStmt.params, "tablespace"),
  },
  {
    since: 14,
    words: "procedures with OUT parameters",
    instead: "write INOUT",
    isIn: (node) =>
      "CreateFunctionStmt" in node &&
      node.CreateFunctionStmt.is_procedure === true &&
      node.CreateFunctionStmt.parameters?.some(
        (it) => "FunctionParameter" in it && it.FunctionParameter.mode === "FUNC_PARAM_OUT",
      ) === true,
  },
  {
    since: 14,
    words: "BRIN indexes by bloom filter or several ranges",
    isIn: (node) =>
      "IndexElem" in node &&
      /_(?:bloom|minmax_multi)_ops$/.test(strings(node.IndexElem.opclass).at(-1) ?? ""),
  },
  {
    since: 14,
    words: "SEARCH and CYCLE",
    isIn: (node) =>
      "CommonTableExpr" in node &&
      (node.CommonTableExpr.search_clause !== undefined || node.CommonTableExpr.cycle_clause !== undefined),
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
    words: "ALTER VIEW … RENAME COLUMN",
    instead: "write ALTER TABLE … RENAME COLUMN, which takes views too",
    isIn: (node) =>
      "RenameStmt" in node &&
      node.RenameStmt.renameType === "OBJECT_COLUMN" &&
      node.RenameStmt.relationType === "OBJECT_VIEW",
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
  {
    since: 10,
    words: "sequences AS a type",
    isIn: (node) =>
      ("CreateSeqStmt" in node && hasOption(node.CreateSeqStmt.options, "as")) ||
      ("AlterSeqStmt" in node && hasOption(node.AlterSeqStmt.options, "as")),
  },
  {
    since: 10,
    words: "restrictive policies",
    isIn: (node) => "CreatePolicyStmt" in node && node.CreatePolicyStmt.permissive !== true,
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

/** `RETURNING old.total`, `RETURNING WITH (OLD AS was) was.total` */
function returnsBoth(node: Node): boolean {
  const body = Object.values(node)[0] as {
    returningClause?: ReturningClause;
    relation?: { relname?: string; alias?: { aliasname?: string } };
  };
  const { returningClause: clause, relation } = body;
  if (!clause) return false;
  if (clause.options?.length) return true;
  const own = relation?.alias?.aliasname ?? relation?.relname;
  let found = false;
  walk(clause, (it) => {
    if (!("ColumnRef" in it)) return undefined;
    const [name = "", ...rest] = strings(it.ColumnRef.fields);
    found ||= rest.length > 0 && /^(?:old|new)$/.test(name) && name !== own;
    return undefined;
  });
  return found;
}

/** A type stands where one is asked for, not as a node of its own. */
function typeIn(node: Node): TypeName | undefined {
  if ("ColumnDef" in node) return node.ColumnDef.typeName;
  if ("TypeCast" in node) return node.TypeCast.typeName;
  if ("FunctionParameter" in node) return node.FunctionParameter.argType;
  return "TypeName" in node ? node.TypeName : undefined;
}

function isWideScale({ names, typmods }: TypeName = {}): boolean {
  const [precision, scale] = (typmods ?? []).map((it) =>
    "A_Const" in it ? (it.A_Const.ival?.ival ?? 0) : 0,
  );
  return (
    strings(names).at(-1) === "numeric" &&
    precision !== undefined &&
    scale !== undefined &&
    (scale < 0 || scale > precision)
  );
}
