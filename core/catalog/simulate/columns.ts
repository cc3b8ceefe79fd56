import type { ColumnDef, Constraint, ConstrType, Node } from "@pgsql/types";
import { type CatalogObject, type Dependency, keyOf, type ObjectKey } from "../model.ts";
import { qualify, quoteIdentifier } from "../quote-identifier.ts";
import { schemaOf } from "../schema-of.ts";
import { relationNamed } from "./call-dependencies.ts";
import { collationLink, ownCollation } from "./collations.ts";
import { defaultText } from "./default-text.ts";
import { expressionDependencies } from "./expression-dependencies.ts";
import { chooseName, truncateIdentifier } from "./generated-names.ts";
import { refusesGenerated } from "./refuses-default.ts";
import { expectedKey, findRelation, relationTaken, strings, type Table } from "./relations.ts";
import { createSequence, sequenceOptions } from "./sequences.ts";
import { foreignOptions } from "./statements/foreign.ts";
import { type ResolvedType, resolveType } from "./type-names.ts";
import { unusualStorage } from "./usual-storage.ts";
import { walk } from "./walk.ts";
import type { World } from "./world.ts";

export type Column = CatalogObject<"column">;

/** A constraint that was written behind a column; it is added once all columns stand. */
export interface ColumnConstraint {
  readonly column: string;
  readonly constraint: Constraint;
}

/** Adds a column to a table and returns the constraints that came with it. */
export function addColumn(world: World, table: Table, def: ColumnDef, inherited = false): ColumnConstraint[] {
  const column = truncateIdentifier(def.colname ?? "");
  const tableKey = keyOf("table", table.name);
  const name = `${table.name}.${quoteIdentifier(column)}`;
  const key = keyOf("column", name);
  if (world.catalog.has(key)) {
    world.fail({ reason: "exists", key });
    return [];
  }
  const type = resolveType(world, def.typeName);
  const position = world.catalog.columnsIn(tableKey) + 1;
  const details = columnDetails(world, table, column, type, def, inherited);
  const collation = ownCollation(world, def.collClause, type.text);
  world.create({
    kind: "column",
    name,
    parent: tableKey,
    position,
    attributes: {
      type: type.text,
      ...details.attributes,
      ...(collation !== undefined && { collation }),
      ...(def.compression && { compression: def.compression }),
      ...(def.fdwoptions?.length && { options: [foreignOptions(def.fdwoptions)] }),
      ...unusualStorage(def.storage_name, type.text),
      ...(inherited && { inherited: true as const }),
    },
    dependsOn: [
      ...type.dependsOn,
      ...collationLink(world, strings(def.collClause?.collname)),
      ...details.dependsOn,
    ],
  });
  if (details.sequence) createColumnSequence(world, key, name, details.sequence);
  return details.constraints;
}

/** A column that is there already takes what its declaration adds, and what follows from that (MergeAttributes). */
export function mergeColumn(
  world: World,
  table: Table,
  column: Column,
  def: ColumnDef,
  isOwn: boolean,
): ColumnConstraint[] {
  const type = def.typeName
    ? resolveType(world, def.typeName)
    : { text: column.attributes.type, dependsOn: [] };
  const details = columnDetails(world, table, def.colname ?? "", type, def, false);
  const { inherited, ...attributes } = column.attributes;
  const isDefault = details.attributes.default !== undefined;
  const kept = column.dependsOn.filter(({ part }) => !(isDefault && part === "default"));
  world.alter({
    ...column,
    attributes: { ...attributes, ...(inherited && !isOwn && { inherited }), ...details.attributes },
    dependsOn: [...kept, ...details.dependsOn],
  });
  const key = keyOf("column", column.name);
  if (details.sequence) createColumnSequence(world, key, column.name, details.sequence);
  return details.constraints;
}

interface ColumnSequence {
  readonly name: string;
  readonly type: string;
  readonly link: "auto" | "internal";
  readonly options: readonly Node[];
}

function columnDetails(
  world: World,
  table: Table,
  column: string,
  type: ResolvedType,
  def: ColumnDef,
  inherited: boolean,
) {
  const attributes: { -readonly [K in keyof Column["attributes"]]?: Column["attributes"][K] } = {};
  const dependsOn: Dependency[] = [];
  const constraints: ColumnConstraint[] = [];
  let sequence: ColumnSequence | undefined;
  if (type.serial && inherited) attributes.notNull = true;
  else if (type.serial) {
    sequence = { name: sequenceName(world, table, column), type: type.serial, link: "auto", options: [] };
    attributes.notNull = true;
    attributes.default = `nextval('${sequence.name}'::regclass)`;
    dependsOn.push({ on: keyOf("sequence", sequence.name), type: "normal", part: "default" });
  }
  for (const node of [...(def.constraints ?? []), ...(def.raw_default ? [asDefault(def.raw_default)] : [])]) {
    if (!("Constraint" in node)) continue;
    const constraint = node.Constraint;
    switch (constraint.contype) {
      case "CONSTR_NOTNULL":
        attributes.notNull = true;
        if (constraint.conname || constraint.is_no_inherit) constraints.push({ column, constraint });
        break;
      case "CONSTR_DEFAULT": {
        const text = defaultText(world, constraint.raw_expr, type.text);
        if (text === undefined) break;
        attributes.default = text;
        dependsOn.push(...defaultDependencies(world, constraint.raw_expr));
        break;
      }
      case "CONSTR_IDENTITY":
        attributes.identity = constraint.generated_when === "a" ? "always" : "by default";
        attributes.notNull = true;
        // A partition numbers with the whole.
        if (inherited) break;
        sequence = {
          name: sequenceName(world, table, column),
          type: type.text,
          link: "internal",
          options: constraint.options ?? [],
        };
        break;
      case "CONSTR_GENERATED": {
        attributes.generated = defaultText(world, constraint.raw_expr, undefined) ?? "";
        attributes.generation = constraint.generated_kind === "v" ? "virtual" : "stored";
        const uses = expressionDependencies(world, constraint.raw_expr, table);
        refusesGenerated(world, table, column, uses.columns);
        dependsOn.push(...uses.dependsOn);
        break;
      }
      case "CONSTR_NULL":
        break;
      case "CONSTR_ATTR_DEFERRABLE":
      case "CONSTR_ATTR_NOT_DEFERRABLE":
      case "CONSTR_ATTR_DEFERRED":
      case "CONSTR_ATTR_IMMEDIATE":
      case "CONSTR_ATTR_ENFORCED":
      case "CONSTR_ATTR_NOT_ENFORCED":
        addAttribute(constraints, constraint);
        break;
      default:
        if (constraint.contype === "CONSTR_PRIMARY") attributes.notNull = true;
        constraints.push({ column, constraint });
    }
  }
  return { attributes, dependsOn, constraints, sequence };
}

/** What a default uses; CASCADE from there takes the default and leaves the column. */
export function defaultDependencies(world: World, expression: Node | undefined): Dependency[] {
  requireSequences(world, expression);
  return expressionDependencies(world, expression).dependsOn.map((dependency) => ({
    ...dependency,
    part: "default" as const,
  }));
}

/** `nextval('name')` looks for its sequence when it is written down. */
function requireSequences(world: World, expression: Node | undefined): void {
  walk(expression, (node) => {
    if (!("FuncCall" in node) || strings(node.FuncCall.funcname).at(-1) !== "nextval") return undefined;
    const [argument] = node.FuncCall.args ?? [];
    const name = relationNamed(argument);
    if (!name || findRelation(world, name)) return undefined;
    const key = expectedKey(world, name, "sequence");
    if (world.isGone(key)) world.fail({ reason: "missing", key });
    return undefined;
  });
}

function asDefault(raw_expr: Node): Node {
  return { Constraint: { contype: "CONSTR_DEFAULT", raw_expr } };
}

/** DEFERRABLE behind a column constraint is a node of its own that belongs to the one before it. */
function addAttribute(constraints: ColumnConstraint[], { contype = "CONSTR_NULL" }: Constraint): void {
  const last = constraints.pop();
  if (last)
    constraints.push({ ...last, constraint: { ...last.constraint, ...constraintAttributes[contype] } });
}

const constraintAttributes: Readonly<Partial<Record<ConstrType, Partial<Constraint>>>> = {
  CONSTR_ATTR_DEFERRABLE: { deferrable: true },
  CONSTR_ATTR_DEFERRED: { deferrable: true, initdeferred: true },
  CONSTR_ATTR_NOT_ENFORCED: { is_enforced: false, skip_validation: true },
};

/** `public.users_id_seq`: the sequence behind serial and identity columns. */
export function sequenceName(world: World, table: Table, column: string): string {
  const parts = nameParts(table);
  return qualify(
    parts.schema,
    chooseName(parts.name, column, "seq", (name) => relationTaken(world, parts.schema, name)),
  );
}

export function nameParts(object: { readonly name: string }): { schema: string; name: string } {
  const schema = schemaOf(object);
  const rest = object.name.slice(schema.length + 1);
  return { schema: unquote(schema), name: unquote(rest) };
}

function unquote(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
}

export function createColumnSequence(
  world: World,
  column: ObjectKey,
  columnName: string,
  sequence: ColumnSequence,
): void {
  const table = world.catalog.at(world.catalog.at(column)?.parent ?? "");
  // Since 15 the sequence of an unlogged table is unlogged too.
  const unlogged =
    world.postgres >= 15 && table?.kind === "table" && table.attributes.persistence === "unlogged";
  const attributes = sequenceOptions(world, sequence.options, sequence.type);
  createSequence(world, sequence.name, unlogged ? { ...attributes, persistence: "unlogged" } : attributes, {
    ownedBy: columnName,
    dependsOn: [{ on: column, type: sequence.link }],
  });
}
