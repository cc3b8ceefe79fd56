import type { Node } from "@pgsql/types";
import { hasOption } from "../../../catalog/simulate/options.ts";
import { strings } from "../../../catalog/simulate/relations.ts";
import {
  ofColumn,
  ofCommand,
  ofConstraint,
  ofLike,
  ofRole,
  ofSetting,
  ofStorage,
  ofVacuum,
  type Syntax,
  typeIn,
} from "./syntax.ts";

/** Newest first. */
export const syntaxOf13To15: readonly Syntax[] = [
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
    words: "SET ACCESS METHOD",
    isIn: ofCommand(({ subtype }) => subtype === "AT_SetAccessMethod"),
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
    words: "UNLOGGED sequences",
    isIn: (node) =>
      ("CreateSeqStmt" in node && node.CreateSeqStmt.sequence?.relpersistence === "u") ||
      ("AlterTableStmt" in node &&
        node.AlterTableStmt.objtype === "OBJECT_SEQUENCE" &&
        (node.AlterTableStmt.cmds ?? []).some(
          ofCommand(({ subtype }) => subtype === "AT_SetUnLogged" || subtype === "AT_SetLogged"),
        )),
  },
  {
    since: 15,
    words: "privileges ON PARAMETER",
    isIn: (node) => "GrantStmt" in node && node.GrantStmt.objtype === "OBJECT_PARAMETER_ACL",
  },
  {
    since: 15,
    words: "a numeric whose scale is negative or over its precision",
    instead: "write numeric without a scale, and a CHECK",
    isIn: (node) => {
      const { names, typmods = [] } = typeIn(node) ?? {};
      const [precision = 0, scale = 0] = typmods.map(integer);
      return strings(names).at(-1) === "numeric" && (scale < 0 || scale > precision);
    },
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
    words: "the option PROCESS_TOAST of VACUUM",
    isIn: ofVacuum("process_toast"),
  },
  {
    since: 14,
    words: "LIKE … INCLUDING COMPRESSION",
    isIn: ofLike("compression"),
  },
  {
    since: 14,
    words: "the roles pg_read_all_data and pg_write_all_data",
    isIn: ofRole("pg_read_all_data", "pg_write_all_data"),
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
    words: "procedures with OUT parameters",
    instead: "write INOUT",
    isIn: (node) =>
      "CreateFunctionStmt" in node &&
      node.CreateFunctionStmt.is_procedure === true &&
      (node.CreateFunctionStmt.parameters ?? []).some(
        (it) => "FunctionParameter" in it && it.FunctionParameter.mode === "FUNC_PARAM_OUT",
      ),
  },
  {
    since: 14,
    words: "columns with COMPRESSION",
    isIn: (node) =>
      ofColumn(({ compression }) => compression !== undefined)(node) ||
      ofCommand(({ subtype }) => subtype === "AT_SetCompression")(node),
  },
  {
    since: 14,
    words: "ranges with a multirange",
    isIn: (node) =>
      "CreateRangeStmt" in node && hasOption(node.CreateRangeStmt.params, "multirange_type_name"),
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
    words: "subscripts of jsonb",
    instead: "write jsonb_set and ->",
    isIn: (node) => "A_Indices" in node && node.A_Indices.uidx !== undefined && isText(node.A_Indices.uidx),
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
    words: "GROUP BY DISTINCT",
    isIn: (node) => "SelectStmt" in node && node.SelectStmt.groupDistinct === true,
  },
  {
    since: 14,
    words: "JOIN … USING with an alias",
    isIn: (node) => "JoinExpr" in node && node.JoinExpr.join_using_alias !== undefined,
  },
  {
    since: 14,
    words: "statistics on expressions",
    isIn: (node) => "StatsElem" in node && node.StatsElem.expr !== undefined,
  },
  {
    since: 14,
    words: "REINDEX (CONCURRENTLY) and (TABLESPACE)",
    instead: "write CONCURRENTLY behind INDEX or TABLE",
    isIn: (node, sql) =>
      "ReindexStmt" in node &&
      (hasOption(node.ReindexStmt.params, "tablespace") ||
        (hasOption(node.ReindexStmt.params, "concurrently") && /^REINDEX\s*\(/i.test(sql))),
  },
  {
    since: 14,
    words: "the settings idle_session_timeout and default_toast_compression",
    isIn: ofSetting("idle_session_timeout", "default_toast_compression"),
  },
  {
    since: 13,
    words: "the option PARALLEL of VACUUM",
    isIn: ofVacuum("parallel"),
  },
  {
    since: 13,
    words:
      "the parameters autovacuum_vacuum_insert_threshold, autovacuum_vacuum_insert_scale_factor and deduplicate_items",
    isIn: ofStorage(
      "autovacuum_vacuum_insert_threshold",
      "autovacuum_vacuum_insert_scale_factor",
      "deduplicate_items",
    ),
  },
  {
    since: 13,
    words: "the settings hash_mem_multiplier and enable_incremental_sort",
    isIn: ofSetting("hash_mem_multiplier", "enable_incremental_sort"),
  },
  {
    since: 13,
    words: "DROP EXPRESSION",
    isIn: ofCommand(({ subtype }) => subtype === "AT_DropExpression"),
  },
  {
    since: 13,
    words: "ALTER VIEW … RENAME COLUMN",
    instead: "write ALTER TABLE, which takes views too",
    isIn: (node) =>
      "RenameStmt" in node &&
      node.RenameStmt.renameType === "OBJECT_COLUMN" &&
      node.RenameStmt.relationType === "OBJECT_VIEW",
  },
  { since: 13, words: "ALTER TYPE … SET", isIn: (node) => "AlterTypeStmt" in node },
  {
    since: 13,
    words: "NO DEPENDS ON EXTENSION",
    isIn: (node) => "AlterObjectDependsStmt" in node && node.AlterObjectDependsStmt.remove === true,
  },
  {
    since: 13,
    words: "publications WITH (publish_via_partition_root)",
    isIn: (node) =>
      "CreatePublicationStmt" in node &&
      hasOption(node.CreatePublicationStmt.options, "publish_via_partition_root"),
  },
  {
    since: 13,
    words: "DROP DATABASE … WITH (FORCE)",
    isIn: (node) => "DropdbStmt" in node && hasOption(node.DropdbStmt.options, "force"),
  },
  {
    since: 13,
    words: "FETCH FIRST … WITH TIES",
    isIn: (node) => "SelectStmt" in node && node.SelectStmt.limitOption === "LIMIT_OPTION_WITH_TIES",
  },
];

function integer(node: Node): number {
  return "A_Const" in node ? (node.A_Const.ival?.ival ?? 0) : 0;
}

function isText(node: Node): boolean {
  return "A_Const" in node && node.A_Const.sval !== undefined;
}
