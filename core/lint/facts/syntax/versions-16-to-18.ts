import type { Node, ReturningClause } from "@pgsql/types";
import { hasOption } from "../../../catalog/simulate/options.ts";
import { strings } from "../../../catalog/simulate/relations.ts";
import { walk } from "../../../catalog/simulate/walk.ts";
import { writesNewNumber } from "./new-numbers.ts";
import {
  ofColumn,
  ofCommand,
  ofConstraint,
  ofCopy,
  ofRole,
  ofSetting,
  ofStorage,
  ofVacuum,
  type Syntax,
  withConstraint,
} from "./syntax.ts";

/** Newest first. */
export const syntaxOf16To18: readonly Syntax[] = [
  {
    since: 18,
    words: "the parameter autovacuum_vacuum_max_threshold",
    isIn: ofStorage("autovacuum_vacuum_max_threshold"),
  },
  {
    since: 18,
    words: "COPY … REJECT_LIMIT",
    isIn: ofCopy("reject_limit"),
  },
  {
    since: 18,
    words: "VACUUM and ANALYZE of ONLY a table",
    instead: "name the table without ONLY",
    isIn: (node) =>
      "VacuumStmt" in node &&
      (node.VacuumStmt.rels ?? []).some(
        (it) => "VacuumRelation" in it && it.VacuumRelation.relation?.inh !== true,
      ),
  },
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
    words: "ALTER CONSTRAINT … ENFORCED and INHERIT",
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
  { since: 18, words: "RETURNING of OLD and NEW", isIn: returnsOldAndNew },
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
    words: "COPY … LOG_VERBOSITY",
    isIn: ofCopy("log_verbosity"),
  },
  {
    since: 17,
    words: "SET STATISTICS DEFAULT",
    instead: "write SET STATISTICS -1",
    isIn: ofCommand(({ subtype, def }) => subtype === "AT_SetStatistics" && def === undefined),
  },
  {
    since: 17,
    words: "the role pg_maintain",
    isIn: ofRole("pg_maintain"),
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
    words: "JSON_VALUE, JSON_QUERY, JSON_EXISTS and JSON(…)",
    isIn: (node) =>
      ["JsonFuncExpr", "JsonParseExpr", "JsonScalarExpr", "JsonSerializeExpr"].some((kind) => kind in node),
  },
  {
    since: 17,
    words: "MERGE … RETURNING",
    isIn: (node) => "MergeStmt" in node && node.MergeStmt.returningClause !== undefined,
  },
  {
    since: 17,
    words: "MERGE … WHEN NOT MATCHED BY SOURCE",
    isIn: (node) =>
      "MergeWhenClause" in node && node.MergeWhenClause.matchKind === "MERGE_WHEN_NOT_MATCHED_BY_SOURCE",
  },
  {
    since: 17,
    words: "exclusion constraints of partitioned tables",
    isIn: (node) =>
      "CreateStmt" in node &&
      node.CreateStmt.partspec !== undefined &&
      withConstraint(node.CreateStmt, "CONSTR_EXCLUSION"),
  },
  {
    since: 17,
    words: "event triggers on login",
    isIn: (node) => "CreateEventTrigStmt" in node && node.CreateEventTrigStmt.eventname === "login",
  },
  {
    since: 17,
    words: "the privilege MAINTAIN",
    isIn: (node) => "AccessPriv" in node && node.AccessPriv.priv_name === "maintain",
  },
  { since: 17, words: "COPY … ON_ERROR", isIn: ofCopy("on_error") },
  {
    since: 17,
    words: "the setting transaction_timeout",
    instead: "set statement_timeout",
    isIn: ofSetting("transaction_timeout"),
  },
  {
    since: 16,
    words: "numbers like 1_000 and 0xFF",
    instead: "write all of their decimal digits",
    isIn: (node, sql) => "A_Const" in node && writesNewNumber(sql),
  },
  {
    since: 16,
    words:
      "the options BUFFER_USAGE_LIMIT, PROCESS_MAIN, SKIP_DATABASE_STATS and ONLY_DATABASE_STATS of VACUUM",
    isIn: ofVacuum("buffer_usage_limit", "process_main", "skip_database_stats", "only_database_stats"),
  },
  {
    since: 16,
    words: "SET STORAGE DEFAULT",
    isIn: ofCommand(
      ({ subtype, def }) =>
        subtype === "AT_SetStorage" &&
        def !== undefined &&
        "String" in def &&
        def.String.sval?.toLowerCase() === "default",
    ),
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
    words: "subqueries and VALUES in FROM without an alias",
    instead: "name it: AS rows",
    isIn: (node) => "RangeSubselect" in node && node.RangeSubselect.alias === undefined,
  },
  {
    since: 16,
    words: "columns that are made with STORAGE",
    instead: "write ALTER COLUMN … SET STORAGE",
    isIn: ofColumn(({ storage_name }) => storage_name !== undefined),
  },
  {
    since: 16,
    words: "statistics without a name",
    isIn: (node) => "CreateStatsStmt" in node && node.CreateStatsStmt.defnames === undefined,
  },
  {
    since: 16,
    words: "GRANT … WITH INHERIT and SET",
    isIn: (node) =>
      "GrantRoleStmt" in node &&
      (hasOption(node.GrantRoleStmt.opt, "inherit") || hasOption(node.GrantRoleStmt.opt, "set")),
  },
  { since: 16, words: "COPY … DEFAULT", isIn: ofCopy("default") },
];

/** `RETURNING old.total`, `RETURNING WITH (OLD AS was) was.total` */
function returnsOldAndNew(node: Node): boolean {
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
