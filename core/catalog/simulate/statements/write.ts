import type { Node, RangeVar, WithClause } from "@pgsql/types";
import { keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { requireColumn } from "../constraints/require-column.ts";
import { descendants } from "../descendants.ts";
import { foreignKeysTo } from "../foreign-keys-to.ts";
import type { Handlers } from "../handlers.ts";
import { lockNumbers, statementLocks } from "../lock-table.ts";
import { isSwitchedOn } from "../options.ts";
import type { Effect } from "../outcome.ts";
import { routineEndsTransaction } from "../plpgsql/ends-transaction.ts";
import { findRelation, isOfServer, requireRelation, strings } from "../relations.ts";
import { findRoutines } from "../routines.ts";
import { walk } from "../walk.ts";
import type { World } from "../world.ts";
import { setCluster } from "./alter-settings.ts";
import { createFromQuery } from "./create-table-as.ts";

type Verb = Extract<Effect, { action: "write" }>["verb"];

/** Statements that change rows or maintain tables and leave the catalog as it is. */
export const writeHandlers: Handlers = {
  InsertStmt: (world, statement) => write(world, statement.relation, "insert", statement),
  UpdateStmt: (world, statement) => {
    write(world, statement.relation, "update", statement);
    const table = statement.relation && findRelation(world, statement.relation, ["table"]);
    if (table?.kind !== "table") return;
    for (const node of statement.targetList ?? []) {
      if ("ResTarget" in node) requireColumn(world, table, node.ResTarget.name ?? "");
    }
  },
  DeleteStmt: (world, statement) => write(world, statement.relation, "delete", statement),
  MergeStmt: (world, statement) => write(world, statement.relation, "update", statement),
  CopyStmt: (world, statement) => {
    if (statement.is_from && statement.relation) write(world, statement.relation, "insert", undefined);
    else world.notAnalysed("COPY");
  },
  TruncateStmt: (world, statement) => {
    const names: string[] = [];
    for (const node of statement.relations ?? []) {
      const table = "RangeVar" in node ? requireRelation(world, node.RangeVar, ["table"]) : undefined;
      if (!table || !("RangeVar" in node)) return;
      names.push(table.name);
      // Partitions and heirs are emptied with it.
      if (node.RangeVar.inh && table.kind === "table")
        names.push(...descendants(world, table).map(({ name }) => name));
    }
    if (statement.behavior !== "DROP_CASCADE" && refusesTruncate(world, names)) return;
    for (const name of statement.behavior === "DROP_CASCADE" ? withReferrers(world, names) : new Set(names)) {
      world.lock(keyOf("table", name), statementLocks.truncate);
      world.record({ action: "write", key: keyOf("table", name), verb: "truncate" });
    }
  },
  SelectStmt: (world, statement) => {
    if (statement.intoClause) createFromQuery(world, statement.intoClause, statement, false);
    else {
      const path = searchPathCall(statement);
      if (path) world.settings = { ...world.settings, searchPath: path, writtenPath: path };
      else {
        writeWith(world, statement);
        callsOut(world, statement);
      }
    }
  },
  CallStmt: (world, { funccall }) => {
    const found = findRoutines(world, strings(funccall?.funcname), undefined, ["procedure"]);
    const [procedure, ...more] = found.map((key) => world.catalog.at(key));
    if (
      procedure?.kind === "procedure" &&
      more.length === 0 &&
      routineEndsTransaction(procedure.attributes.definition)
    )
      world.endTransaction();
    world.notAnalysed("CALL");
  },
  ExecuteStmt: (world) => world.notAnalysed("EXECUTE"),
  LoadStmt: (world) => world.notAnalysed("LOAD"),
  LockStmt: (world, statement) => {
    for (const node of statement.relations ?? []) {
      const table = "RangeVar" in node ? requireRelation(world, node.RangeVar) : undefined;
      if (table)
        world.lock(keyOf(table.kind, table.name), lockNumbers[statement.mode ?? 8] ?? "ACCESS EXCLUSIVE");
    }
  },
  VacuumStmt: (world, statement) => {
    const full = isSwitchedOn(statement.options, "full");
    for (const node of statement.rels ?? []) {
      const name = "VacuumRelation" in node ? node.VacuumRelation.relation : undefined;
      const table = name && requireRelation(world, name, ["table", "materialized view"]);
      if (!table) continue;
      const mode = !statement.is_vacuumcmd
        ? statementLocks.analyze
        : full
          ? statementLocks.vacuumFull
          : statementLocks.vacuum;
      world.lock(keyOf(table.kind, table.name), mode, full ? { rewrite: true } : {});
    }
  },
  ReindexStmt: (world, statement) => {
    if (!statement.relation) return;
    const found = requireRelation(world, statement.relation);
    if (!found) return;
    const concurrently = isSwitchedOn(statement.params, "concurrently");
    const table = found.kind === "index" ? found.parent : keyOf(found.kind, found.name);
    if (table)
      world.lock(table, concurrently ? statementLocks.reindexConcurrently : statementLocks.reindexTable, {
        scan: true,
      });
    if (found.kind === "index" && !concurrently)
      world.lock(keyOf("index", found.name), statementLocks.reindexIndex);
  },
  ClusterStmt: (world, statement) => {
    const table =
      statement.relation && requireRelation(world, statement.relation, ["table", "materialized view"]);
    if (!table) return;
    world.lock(keyOf(table.kind, table.name), statementLocks.cluster, { rewrite: true, scan: true });
    // It is remembered for the next time.
    if (statement.indexname) setCluster(world, table, statement.indexname);
  },
};

function write(world: World, relation: RangeVar | undefined, verb: Verb, statement: unknown): void {
  if (!relation) return;
  // DELETE FROM pg_enum takes a value away, which no rule of the language says.
  if (isOfServer(relation) && !findRelation(world, relation)) {
    world.notAnalysed(`${verb.toUpperCase()} of ${relation.relname}`);
    return;
  }
  const table = requireRelation(world, relation, ["table", "view"]);
  if (!table) return;
  const key = keyOf(table.kind, table.name);
  world.lock(key, statementLocks.write);
  world.record({ action: "write", key, verb });
  writeWith(world, statement);
  callsOut(world, statement);
}

/** INSERT, UPDATE and DELETE in a WITH, which stands only in front of a whole statement. */
function writeWith(world: World, statement: unknown): void {
  const { withClause } = (statement ?? {}) as { readonly withClause?: WithClause };
  for (const node of withClause?.ctes ?? []) {
    const query = "CommonTableExpr" in node ? node.CommonTableExpr.ctequery : undefined;
    if (!query) continue;
    if ("InsertStmt" in query) write(world, query.InsertStmt.relation, "insert", undefined);
    if ("UpdateStmt" in query) write(world, query.UpdateStmt.relation, "update", undefined);
    if ("DeleteStmt" in query) write(world, query.DeleteStmt.relation, "delete", undefined);
    if ("MergeStmt" in query) write(world, query.MergeStmt.relation, "update", undefined);
  }
}

/** A user's routine with DDL in it, or a function known to make objects: what it does is not in the statement. */
function callsOut(world: World, tree: unknown): void {
  walk(tree, (node: Node) => {
    if (!("FuncCall" in node)) return undefined;
    const names = strings(node.FuncCall.funcname);
    const name = names.at(-1) ?? "";
    const key = findRoutines(world, names, node.FuncCall.args?.length ?? 0)[0];
    const routine = key === undefined ? undefined : world.catalog.at(key);
    const definition = routine?.kind === "function" ? routine.attributes.definition : "";
    const body = definition.slice(definition.indexOf("$function$"));
    if (/\b(create|alter|drop|execute|grant|revoke|comment)\b/i.test(body) || makesObjects.test(name)) {
      world.notAnalysed(`function ${names.join(".")}`);
    }
    return undefined;
  });
}

const makesObjects =
  /^(create_hypertable|create_distributed_table|create_reference_table|add_\w+_policy|remove_\w+_policy|addgeometrycolumn|dropgeometrycolumn|create_parent|create_partition|dblink_exec|lo_create|lo_import|lo_unlink|query_to_xml|cron_schedule)$/;

/** `SELECT set_config('search_path', '…', …)`, as pg_dump writes it. */
function searchPathCall(statement: { readonly targetList?: Node[] | undefined }): string[] | undefined {
  const target = statement.targetList?.[0];
  const call = target && "ResTarget" in target ? target.ResTarget.val : undefined;
  if (!call || !("FuncCall" in call) || strings(call.FuncCall.funcname).at(-1) !== "set_config")
    return undefined;
  const [name, value] = (call.FuncCall.args ?? []).map((node) =>
    "A_Const" in node ? (node.A_Const.sval?.sval ?? "") : "",
  );
  if (name !== "search_path" || value === undefined) return undefined;
  return value
    .split(",")
    .map((part) => part.trim().replaceAll('"', ""))
    .filter((part) => part !== "" && part !== "$user");
}

/** 0A000: what a foreign key of another table refers to is emptied with that table. */
function refusesTruncate(world: World, names: readonly string[]): boolean {
  for (const object of names.flatMap((name) => foreignKeysTo(world, name))) {
    const { references = "", notEnforced } = object.attributes;
    const table = object.parent === undefined ? undefined : world.catalog.at(object.parent);
    if (table?.kind !== "table" || notEnforced || names.includes(table.name)) continue;
    const [whole, referrer] = [references, table.name].map(plainName);
    world.fail({
      reason: "refused",
      key: keyOf("constraint", object.name),
      condition: "feature_not_supported",
      why: `${whole} cannot be truncated alone, since a foreign key of ${referrer} refers to it`,
      help: `empty both, if that is meant: TRUNCATE ${whole}, ${referrer};\nor DELETE FROM ${whole}, which looks at each row`,
    });
    return true;
  }
  return false;
}

/** CASCADE empties what refers to the tables by foreign keys, and what refers to that. */
function withReferrers(world: World, names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names);
  // A set hands out what is added to it while it is walked.
  for (const name of all) {
    for (const object of foreignKeysTo(world, name)) {
      const table = object.parent === undefined ? undefined : world.catalog.at(object.parent);
      if (table?.kind === "table") all.add(table.name);
    }
  }
  return all;
}
