import type {
  AlterStatsStmt,
  CreateExtensionStmt,
  CreateSchemaStmt,
  CreateStatsStmt,
  Node,
} from "@pgsql/types";
import { type CatalogObject, type Dependency, keyOf, type ObjectKind } from "../../model.ts";
import { lastPart, qualify, quoteIdentifier } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import { chooseName } from "../generated-names.ts";
import type { Handlers } from "../handlers.ts";
import { statementLocks } from "../lock-table.ts";
import { optionValue } from "../options.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { refusesLink } from "../refuses-owned.ts";
import {
  columnKey,
  columnOf,
  creationName,
  creationSchema,
  findRelation,
  type Relation,
  rangeVarOf,
  relationTaken,
  requireRelation,
  schemasToSearch,
  strings,
  type Table,
} from "../relations.ts";
import { roleName } from "../roles.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { createSequence, ownedBy, sequenceOptions } from "../sequences.ts";
import type { World } from "../world.ts";

/** Schemas, extensions, sequences and the objects that are kept as their text. */
export const databaseHandlers: Handlers = {
  CreateSchemaStmt: createSchema,
  CreateExtensionStmt: createExtension,
  CreateSeqStmt: (world, statement) => {
    const schema = creationSchema(world, statement.sequence);
    const relname = statement.sequence?.relname ?? "";
    const name = qualify(schema, relname);
    if (relationTaken(world, schema, relname)) {
      if (statement.if_not_exists) world.skip(keyOf("sequence", name));
      else world.fail({ reason: "exists", key: keyOf("sequence", name) });
      return;
    }
    schemaDependency(world, schema);
    const owner = ownerOf(world, statement.options ?? []);
    createSequence(world, name, sequenceOptions(world, statement.options ?? []), owner ?? { dependsOn: [] });
  },
  AlterSeqStmt: (world, statement) => {
    if (!statement.sequence) return;
    const found = findRelation(world, statement.sequence, ["sequence"]);
    if (!found && statement.missing_ok) return;
    const sequence = found ?? requireRelation(world, statement.sequence, ["sequence"]);
    if (sequence?.kind !== "sequence") return;
    world.lock(keyOf("sequence", sequence.name), "SHARE ROW EXCLUSIVE");
    const changed = sequenceOptions(
      world,
      statement.options ?? [],
      sequence.attributes.type,
      sequence.attributes,
    );
    const owner = ownerOf(world, statement.options ?? []);
    if (!owner) {
      world.alter({ ...sequence, attributes: changed });
      return;
    }
    if (refusesLink(world, sequence, owner.table)) return;
    const { ownedBy: _, ...attributes } = changed;
    const others = sequence.dependsOn.filter((dependency) => !dependency.on.startsWith("column "));
    world.alter({
      ...sequence,
      attributes: owner.ownedBy ? { ...attributes, ownedBy: owner.ownedBy } : attributes,
      dependsOn: [...others, ...owner.dependsOn],
    });
  },
  CreateStatsStmt: (world, statement) => {
    const relation = statement.relations?.[0];
    const table =
      relation && "RangeVar" in relation ? requireRelation(world, relation.RangeVar, ["table"]) : undefined;
    if (!table) return;
    world.lock(keyOf("table", table.name), statementLocks.createStatistics);
    const columns = (statement.exprs ?? []).flatMap((node) =>
      "StatsElem" in node && node.StatsElem.name ? [node.StatsElem.name] : [],
    );
    const expressions = (statement.exprs ?? []).flatMap((node) =>
      "StatsElem" in node && node.StatsElem.expr ? [node.StatsElem.expr] : [],
    );
    const used = new Set(columns.map((column) => columnKey(table, column)));
    for (const { on } of expressionDependencies(world, expressions, table).dependsOn) used.add(on);
    const schema = creationSchema(world, undefined);
    const base = rangeVarOf([table.name.slice(table.name.lastIndexOf(".") + 1)]).relname ?? "";
    const name = statement.defnames?.length
      ? creationName(world, statement.defnames)
      : qualify(
          schema,
          chooseName(base, columns.join("_"), "stat", (candidate) =>
            world.catalog.has(keyOf("statistics", qualify(schema, candidate))),
          ),
        );
    if (exists(world, "statistics", name, statement.if_not_exists === true)) return;
    world.create({
      kind: "statistics",
      name,
      attributes: { definition: statisticsText(world, statement, name, table) },
      dependsOn: [
        ...schemaDependency(world, lastPart(schemaOf({ name }))),
        ...[...used].map((on) => ({ on, type: "auto" as const })),
      ],
    });
  },
  AlterStatsStmt: alterStatistics,
  CreateAmStmt: (world) => world.notAnalysed("CREATE ACCESS METHOD"),
  CreateSubscriptionStmt: (world, statement, sql) =>
    plain(world, "subscription", statement.subname, sql, false),
  AlterTSConfigurationStmt: (world, statement) =>
    amend(world, "text search configuration", statement.cfgname),
  AlterTSDictionaryStmt: (world, statement) => amend(world, "text search dictionary", statement.dictname),
  CreatePLangStmt: (world, statement, sql) =>
    plain(world, "language", statement.plname, sql, statement.replace === true),
  CreateOpClassStmt: (world) => world.notAnalysed("CREATE OPERATOR CLASS"),
  CreateOpFamilyStmt: (world) => world.notAnalysed("CREATE OPERATOR FAMILY"),
  CreateConversionStmt: (world) => world.notAnalysed("CREATE CONVERSION"),
  CreateTransformStmt: (world) => world.notAnalysed("CREATE TRANSFORM"),
  ImportForeignSchemaStmt: (world) => world.notAnalysed("IMPORT FOREIGN SCHEMA"),
  ReassignOwnedStmt: (world) => world.notAnalysed("REASSIGN OWNED"),
};

/** The target stands behind the definition, as the catalog is read; -1 is the default. */
function alterStatistics(world: World, statement: AlterStatsStmt): void {
  const parts = strings(statement.defnames);
  const found = schemasToSearch(world, parts.at(-2))
    .map((schema) => world.catalog.get("statistics", qualify(schema, parts.at(-1) ?? "")))
    .find((it) => it !== undefined);
  if (!found) return;
  const target = statement.stxstattarget && optionValue(statement.stxstattarget);
  const bare = found.attributes.definition.replace(/ SET STATISTICS \d+$/, "");
  const definition = target === undefined || target === "-1" ? bare : `${bare} SET STATISTICS ${target}`;
  world.alter({ ...found, attributes: { ...found.attributes, definition } });
}

/** As pg_get_statisticsobjdef prints it; all kinds are what is meant where none is named. */
function statisticsText(world: World, statement: CreateStatsStmt, name: string, table: Relation): string {
  const given = strings(statement.stat_types);
  const kinds = ["ndistinct", "dependencies", "mcv"].filter((kind) => given.includes(kind));
  const list = kinds.length === 0 || kinds.length === 3 ? "" : ` (${kinds.join(", ")})`;
  const elements = (statement.exprs ?? []).flatMap((node) => ("StatsElem" in node ? [node.StatsElem] : []));
  const place = (column: string) => columnOf(world, table, column)?.position ?? 0;
  const columns = elements.flatMap((it) => (it.name ? [it.name] : [])).sort((a, b) => place(a) - place(b));
  const expressions = elements.flatMap(({ expr }) => (expr ? [`(${qualifiedSql(world, expr)})`] : []));
  const keys = [...columns.map(quoteIdentifier), ...expressions].join(", ");
  return `CREATE STATISTICS ${name}${list} ON ${keys} FROM ${table.name}`;
}

function exists(world: World, kind: ObjectKind, name: string, allowed: boolean): boolean {
  const key = keyOf(kind, name);
  if (!world.catalog.has(key)) return false;
  if (allowed) world.skip(key);
  else world.fail({ reason: "exists", key });
  return true;
}

type TextKind = "subscription" | "language";

function plain(world: World, kind: TextKind, name: string | undefined, sql: string, allowed: boolean): void {
  const quoted = quoteIdentifier(name ?? "");
  if (exists(world, kind, quoted, allowed)) return;
  world.create({
    kind,
    name: quoted,
    attributes: { definition: sql.replaceAll(/\s+/g, " ") },
    dependsOn: [],
  });
}

/** What ALTER does to an object that is kept as its text is not known; the text that made it no longer says all of it. */
function amend(
  world: World,
  kind: "text search configuration" | "text search dictionary",
  names: readonly Node[] | undefined,
): void {
  const parts = strings(names);
  const keys = schemasToSearch(world, parts.at(-2)).map((schema) =>
    keyOf(kind, qualify(schema, parts.at(-1) ?? "")),
  );
  const key = keys.find((it) => world.catalog.has(it));
  const object = key === undefined ? undefined : (world.catalog.at(key) as CatalogObject<typeof kind>);
  if (!object || key === undefined) return;
  const { origin, ...rest } = object;
  world.alter(rest);
  // What the same migration made goes as a whole.
  if (origin?.migration !== world.origin.migration) world.notAnalysed(`ALTER ${kind.toUpperCase()}`);
}

function createSchema(world: World, statement: CreateSchemaStmt): void {
  const role = statement.authrole && roleName(world, statement.authrole);
  const schema = statement.schemaname || lastPart(role ?? "");
  const name = quoteIdentifier(schema);
  if (exists(world, "schema", name, statement.if_not_exists === true)) return;
  world.create({
    kind: "schema",
    name,
    attributes: role === undefined ? {} : { owner: role },
    dependsOn: [],
  });
  if (!statement.schemaElts?.length) return;
  const { settings } = world;
  // Whoever the schema is for makes what is in it.
  world.settings = {
    ...settings,
    searchPath: [schema, ...settings.searchPath],
    ...(role !== undefined && { role }),
  };
  for (const element of statement.schemaElts) world.run(element, "");
  world.settings = settings;
}

function createExtension(world: World, statement: CreateExtensionStmt): void {
  const name = quoteIdentifier(statement.extname ?? "");
  if (exists(world, "extension", name, statement.if_not_exists === true)) return;
  const given = (statement.options ?? []).flatMap((node) => ("DefElem" in node ? [node.DefElem] : []));
  const wanted = given.find((option) => option.defname === "schema")?.arg;
  const schema = wanted ? optionValue(wanted) : creationSchema(world, undefined);
  if (given.some((option) => option.defname === "cascade") && name === "earthdistance") {
    createExtension(world, { extname: "cube", if_not_exists: true });
  }
  world.create({
    kind: "extension",
    name,
    attributes: { schema },
    dependsOn: statement.extname === "plpgsql" ? [] : schemaDependency(world, schema),
  });
}

function ownerOf(
  world: World,
  options: readonly Node[],
): { ownedBy?: string; table?: Table; dependsOn: Dependency[] } | undefined {
  const names = ownedBy(options);
  if (!names) return undefined;
  if (names.length < 2) return { dependsOn: [] };
  const table = findRelation(world, rangeVarOf(names.slice(0, -1)), ["table"]);
  if (table?.kind !== "table") return { dependsOn: [] };
  const on = columnKey(table, names.at(-1) ?? "");
  return { ownedBy: on.slice("column ".length), table, dependsOn: [{ on, type: "auto" }] };
}
