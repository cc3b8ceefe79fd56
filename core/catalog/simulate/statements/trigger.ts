import type { CreateEventTrigStmt, CreateTrigStmt } from "@pgsql/types";
import { literal } from "../../../sql/literal.ts";
import { type Dependency, keyOf } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import type { Handlers } from "../handlers.ts";
import { withLiteralTypes } from "../literal-types.ts";
import { statementLocks } from "../lock-table.ts";
import { triggerPartitions } from "../partition-triggers.ts";
import { columnKey, expectedKey, requireRelation, strings } from "../relations.ts";
import { findRoutines } from "../routines.ts";
import { sqlText } from "../sql-text.ts";
import type { World } from "../world.ts";

export const triggerHandlers: Handlers = {
  CreateTrigStmt: createTrigger,
  CreateEventTrigStmt: createEventTrigger,
  AlterEventTrigStmt: (world, statement) => {
    const trigger = world.catalog.get("event trigger", quoteIdentifier(statement.trigname ?? ""));
    if (!trigger) return;
    const { enabled: _, ...attributes } = trigger.attributes;
    const states: Readonly<Record<string, string>> = { D: "disabled", A: "always", R: "replica" };
    const enabled = states[statement.tgenabled ?? ""];
    world.alter({ ...trigger, attributes: enabled ? { ...attributes, enabled } : attributes });
  },
};

function createTrigger(world: World, statement: CreateTrigStmt): void {
  const table =
    statement.relation && requireRelation(world, statement.relation, ["table", "view", "materialized view"]);
  if (!table) return;
  world.lock(keyOf(table.kind, table.name), statementLocks.createTrigger);
  const name = `${table.name}.${quoteIdentifier(statement.trigname ?? "")}`;
  const key = keyOf("trigger", name);
  const replaced = world.catalog.get("trigger", name);
  if (replaced && !statement.replace) {
    world.fail({ reason: "exists", key });
    return;
  }
  const names = strings(statement.funcname);
  const [routine] = findRoutines(world, names, 0, ["function"]);
  const expected =
    routine ??
    keyOf(
      "function",
      `${expectedKey(world, { schemaname: names.at(-2), relname: names.at(-1) }, "table").slice(6)}()`,
    );
  if (!routine && !builtInTriggers.has(names.at(-1) ?? "")) {
    if (!world.mayAssume(expected)) {
      world.fail({ reason: "missing", key: expected });
      return;
    }
    world.assumed.add(expected);
  }
  const dependsOn: Dependency[] = [{ on: keyOf(table.kind, table.name), type: "auto" }];
  if (routine) dependsOn.push({ on: routine, type: "normal" });
  for (const column of strings(statement.columns))
    dependsOn.push({ on: columnKey(table, column), type: "normal" });
  const when = statement.whenClause && withLiteralTypes(world, statement.whenClause, table);
  dependsOn.push(...expressionDependencies(world, when, table).dependsOn);
  const printed = {
    ...statement,
    ...(when && { whenClause: when }),
    replace: false,
    relation: { ...statement.relation, schemaname: schemaName(table) },
    funcname: routine ? qualifiedName(routine) : statement.funcname,
  };
  world.create({
    kind: "trigger",
    name,
    parent: keyOf(table.kind, table.name),
    attributes: {
      definition: sqlText({ CreateTrigStmt: printed as CreateTrigStmt }).replace(
        " EXECUTE PROCEDURE ",
        " EXECUTE FUNCTION ",
      ),
      function: (routine ?? expected).slice("function ".length),
      ...(replaced?.attributes.comment !== undefined && { comment: replaced.attributes.comment }),
    },
    dependsOn: dependsOn.filter((dependency) => world.catalog.has(dependency.on)),
  });
  const trigger = world.catalog.get("trigger", name);
  if (trigger && statement.row && table.kind === "table") triggerPartitions(world, table, trigger);
}

const builtInTriggers = new Set([
  "suppress_redundant_updates_trigger",
  "tsvector_update_trigger",
  "tsvector_update_trigger_column",
  "moddatetime",
  "lo_manage",
]);

function schemaName(object: { readonly name: string }): string {
  return object.name.slice(0, object.name.indexOf(".")).replaceAll('"', "");
}

function qualifiedName(routine: string) {
  const name = routine.slice(routine.indexOf(" ") + 1, routine.indexOf("("));
  return name.split(".").map((part) => ({ String: { sval: part.replaceAll('"', "") } }));
}

function createEventTrigger(world: World, statement: CreateEventTrigStmt): void {
  const name = quoteIdentifier(statement.trigname ?? "");
  const key = keyOf("event trigger", name);
  if (world.catalog.has(key)) {
    world.fail({ reason: "exists", key });
    return;
  }
  const [routine] = findRoutines(world, strings(statement.funcname), 0, ["function"]);
  world.create({
    kind: "event trigger",
    name,
    attributes: {
      definition: eventText(statement),
      function: routine?.slice("function ".length) ?? strings(statement.funcname).join("."),
    },
    dependsOn: routine ? [{ on: routine, type: "normal" }] : [],
  });
}

/** `ON ddl_command_end WHEN TAG IN ('DROP TABLE')` */
function eventText({ eventname, whenclause }: CreateEventTrigStmt): string {
  const tags = (whenclause ?? []).flatMap((node) => {
    const list = "DefElem" in node ? node.DefElem.arg : undefined;
    return list && "List" in list ? strings(list.List.items) : [];
  });
  const words = tags.map((tag) => literal(tag.toUpperCase())).sort();
  return `ON ${eventname}${words.length > 0 ? ` WHEN TAG IN (${words.join(", ")})` : ""}`;
}
