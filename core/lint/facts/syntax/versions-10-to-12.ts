import { hasOption } from "../../../catalog/simulate/options.ts";
import {
  ofCommand,
  ofConstraint,
  ofLike,
  ofSetting,
  ofStorage,
  ofVacuum,
  type Syntax,
  withConstraint,
} from "./syntax.ts";

/** Newest first. */
export const syntaxOf10To12: readonly Syntax[] = [
  {
    since: 12,
    words: "the option SKIP_LOCKED of VACUUM and ANALYZE",
    isIn: ofVacuum("skip_locked"),
  },
  {
    since: 12,
    words: "the parameters vacuum_truncate and vacuum_index_cleanup",
    isIn: ofStorage("vacuum_truncate", "vacuum_index_cleanup"),
  },
  {
    since: 12,
    words: "LIKE … INCLUDING GENERATED",
    isIn: ofLike("generated"),
  },
  {
    since: 12,
    words: "COMMIT AND CHAIN and ROLLBACK AND CHAIN",
    isIn: (node) => "TransactionStmt" in node && node.TransactionStmt.chain === true,
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
    since: 12,
    words: "tables USING an access method",
    isIn: (node) =>
      ("CreateStmt" in node && node.CreateStmt.accessMethod !== undefined) ||
      ("CreateTableAsStmt" in node && node.CreateTableAsStmt.into?.accessMethod !== undefined),
  },
  {
    since: 12,
    words: "collations that are not deterministic",
    isIn: (node) => "DefineStmt" in node && hasOption(node.DefineStmt.definition, "deterministic"),
  },
  {
    since: 12,
    words: "CREATE OR REPLACE AGGREGATE",
    instead: "drop the aggregate first",
    isIn: (node) =>
      "DefineStmt" in node && node.DefineStmt.kind === "OBJECT_AGGREGATE" && node.DefineStmt.replace === true,
  },
  {
    since: 12,
    words: "COPY … WHERE",
    isIn: (node) => "CopyStmt" in node && node.CopyStmt.whereClause !== undefined,
  },
  {
    since: 12,
    words: "options of VACUUM and ANALYZE with a value",
    instead: "name only those that are on",
    isIn: (node) =>
      "VacuumStmt" in node &&
      (node.VacuumStmt.options ?? []).some((it) => "DefElem" in it && it.DefElem.arg !== undefined),
  },
  {
    since: 12,
    words: "the settings plan_cache_mode and default_table_access_method",
    isIn: ofSetting("plan_cache_mode", "default_table_access_method"),
  },
  {
    since: 11,
    words: "the parameter toast_tuple_target",
    isIn: ofStorage("toast_tuple_target"),
  },
  {
    since: 11,
    words: "VACUUM and ANALYZE of several tables",
    instead: "write one statement for each",
    isIn: (node) => "VacuumStmt" in node && (node.VacuumStmt.rels ?? []).length > 1,
  },
  {
    since: 11,
    words: "procedures, routines and CALL",
    isIn: (node) =>
      "CallStmt" in node ||
      ("CreateFunctionStmt" in node && node.CreateFunctionStmt.is_procedure === true) ||
      ("DropStmt" in node && /^OBJECT_(?:PROCEDURE|ROUTINE)$/.test(node.DropStmt.removeType ?? "")),
  },
  {
    since: 11,
    words: "triggers that EXECUTE FUNCTION",
    instead: "write EXECUTE PROCEDURE",
    isIn: (node, sql) => "CreateTrigStmt" in node && /\bEXECUTE\s+FUNCTION\b/i.test(sql),
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
    words: "keys and foreign keys of partitioned tables",
    instead: "put them on each partition",
    isIn: (node) =>
      "CreateStmt" in node &&
      node.CreateStmt.partspec !== undefined &&
      withConstraint(node.CreateStmt, "CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_FOREIGN"),
  },
  {
    since: 11,
    words: "indexes of partitioned tables",
    instead: "make one on each partition",
    isIn: (node) =>
      ("IndexStmt" in node && node.IndexStmt.relation?.inh !== true) ||
      ("AlterTableStmt" in node &&
        node.AlterTableStmt.objtype === "OBJECT_INDEX" &&
        (node.AlterTableStmt.cmds ?? []).some(ofCommand(({ subtype }) => subtype === "AT_AttachPartition"))),
  },
  {
    since: 11,
    words: "default partitions",
    isIn: (node) =>
      ("CreateStmt" in node && node.CreateStmt.partbound?.is_default === true) ||
      ("PartitionCmd" in node && node.PartitionCmd.bound?.is_default === true),
  },
  {
    since: 11,
    words: "partitions by hash",
    isIn: (node) => "CreateStmt" in node && node.CreateStmt.partspec?.strategy === "PARTITION_STRATEGY_HASH",
  },
  {
    since: 11,
    words: "the settings jit and max_parallel_maintenance_workers",
    isIn: ofSetting("jit", "max_parallel_maintenance_workers"),
  },
  {
    since: 10,
    words: "LIKE … INCLUDING IDENTITY",
    isIn: ofLike("identity"),
  },
  {
    since: 10,
    words: "identity columns",
    instead: "write bigserial",
    isIn: ofConstraint(({ contype }) => contype === "CONSTR_IDENTITY"),
  },
  {
    since: 10,
    words: "OVERRIDING SYSTEM VALUE",
    isIn: (node) =>
      "InsertStmt" in node && /^OVERRIDING_(?:SYSTEM|USER)/.test(node.InsertStmt.override ?? ""),
  },
  {
    since: 10,
    words: "partitioned tables",
    isIn: (node) =>
      ("CreateStmt" in node &&
        (node.CreateStmt.partspec !== undefined || node.CreateStmt.partbound !== undefined)) ||
      ofCommand(({ subtype }) => subtype === "AT_AttachPartition" || subtype === "AT_DetachPartition")(node),
  },
  {
    since: 10,
    words: "publications and subscriptions",
    isIn: (node) =>
      "CreatePublicationStmt" in node ||
      "AlterPublicationStmt" in node ||
      "CreateSubscriptionStmt" in node ||
      "AlterSubscriptionStmt" in node ||
      "DropSubscriptionStmt" in node,
  },
  {
    since: 10,
    words: "triggers with transition tables",
    isIn: (node) => "CreateTrigStmt" in node && node.CreateTrigStmt.transitionRels !== undefined,
  },
  {
    since: 10,
    words: "RESTRICTIVE policies",
    isIn: (node) => "CreatePolicyStmt" in node && node.CreatePolicyStmt.permissive !== true,
  },
  {
    since: 10,
    words: "sequences with a type",
    isIn: (node) =>
      ("CreateSeqStmt" in node && hasOption(node.CreateSeqStmt.options, "as")) ||
      ("AlterSeqStmt" in node && hasOption(node.AlterSeqStmt.options, "as")),
  },
  {
    since: 10,
    words: "functions that are named without their arguments",
    instead: "write the types of the arguments",
    isIn: (node) => "ObjectWithArgs" in node && node.ObjectWithArgs.args_unspecified === true,
  },
  {
    since: 10,
    words: "several functions in one DROP",
    instead: "drop each by itself",
    isIn: (node) =>
      "DropStmt" in node &&
      node.DropStmt.removeType === "OBJECT_FUNCTION" &&
      (node.DropStmt.objects ?? []).length > 1,
  },
  { since: 10, words: "XMLTABLE", isIn: (node) => "RangeTableFunc" in node },
  { since: 10, words: "extended statistics", isIn: (node) => "CreateStatsStmt" in node },
  {
    since: 10,
    words: "ALTER TYPE … RENAME VALUE",
    isIn: (node) => "AlterEnumStmt" in node && node.AlterEnumStmt.oldVal !== undefined,
  },
];
