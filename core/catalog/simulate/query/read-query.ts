import type { Alias, ColumnRef, Node, RangeVar, SelectStmt } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { keyOf, type ObjectKey } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";
import { columnsOf, findRelation, type Relation, rowKinds, strings } from "../relations.ts";
import { resolveType } from "../type-names.ts";
import type { World } from "../world.ts";
import { outputName } from "./figure-name.ts";
import { groupingKeys } from "./grouping-key.ts";
import { namedOutputs } from "./named-outputs.ts";
import { type ColumnUse, type MergedColumn, Needs, withoutWholes } from "./needs.ts";
import { named, type OutputColumn, renamed, resolve, type Scopes, type Source } from "./sources.ts";

export interface QueryReading {
  /** What the query needs: of a table whose columns it names only those. */
  readonly keys: ReadonlySet<ObjectKey>;
  /** Tables and views that it reads. */
  readonly relations: ReadonlySet<ObjectKey>;
  /** Undefined where a part cannot be told: a function's row type, an assumed table. */
  readonly columns: readonly OutputColumn[] | undefined;
  /** What each `*` in a list of targets stands for. */
  readonly stars: ReadonlyMap<Node, Node[]>;
  /** Of what GROUP BY or ORDER BY names: the expression that is returned under that name. */
  readonly outputs: ReadonlyMap<Node, Node>;
  /** References to columns of tables. */
  readonly uses: readonly ColumnUse[];
  readonly merged: readonly MergedColumn[];
  /** Relations that the query names and nobody made. */
  readonly missing: readonly RangeVar[];
}

/**
 * What a query reads, down to the column, and what it returns: the pg_depend entries of a view's rule. `row` is a row of
 * a table that stands around the query, under the table's name or those that are given.
 */
export function readQuery(
  world: World,
  select: SelectStmt,
  row?: { readonly relation: Relation; readonly aliases?: readonly string[] },
): QueryReading {
  const reader = new QueryReader(world);
  const aliases = row ? (row.aliases ?? [lastPart(row.relation.name)]) : [];
  const outer: Source[] = row ? aliases.map((alias) => reader.source(row.relation, alias)) : [];
  const columns = reader.select(select, [outer], new Map());
  const { needs, stars, outputs } = reader;
  const { keys, relations, missing, uses, merged } = needs;
  return { keys: withoutWholes(keys), relations, columns, missing, stars, outputs, uses, merged };
}

function expanded({ alias, column }: { readonly alias: string; readonly column: OutputColumn }): Node {
  const fields = (alias === "" ? [column.name] : [alias, column.name]).map((sval) => ({ String: { sval } }));
  return { ResTarget: { val: { ColumnRef: { fields } } } };
}

type Tables = ReadonlyMap<string, readonly OutputColumn[] | undefined>;

class QueryReader {
  readonly needs: Needs;
  readonly stars = new Map<Node, Node[]>();
  readonly outputs = new Map<Node, Node>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.needs = new Needs(world);
  }

  select(select: SelectStmt, outer: Scopes, tables: Tables): readonly OutputColumn[] | undefined {
    const visible = this.#with(select, outer, tables);
    if (select.larg && select.rarg) {
      const left = this.select(select.larg, outer, visible);
      const right = this.select(select.rarg, outer, visible);
      this.#expressions([select.sortClause, select.limitCount, select.limitOffset], [[], ...outer], visible);
      // Of two types PostgreSQL chooses one (manual, 10.5 UNION, CASE, and Related Constructs).
      return left?.map(({ name, type }, index) =>
        type === right?.[index]?.type ? { name, type } : { name },
      );
    }
    if (select.valuesLists?.length) {
      this.#expressions(select.valuesLists, outer, visible);
      const first = select.valuesLists[0];
      const items = first && "List" in first ? (first.List.items ?? []) : [];
      return items.map((_, index) => ({ name: `column${index + 1}` }));
    }
    const sources: Source[] = [];
    const scopes: Scopes = [sources, ...outer];
    for (const from of select.fromClause ?? []) this.#from(from, sources, scopes, visible);
    const columns = this.#targets(select.targetList ?? [], scopes, visible);
    for (const [node, meant] of namedOutputs(select, this.stars, sources)) this.outputs.set(node, meant);
    if (select.groupClause?.length) {
      for (const key of groupingKeys(this.#world, select, sources, scopes)) this.needs.keys.add(key);
    }
    this.#expressions(
      [
        select.whereClause,
        select.groupClause,
        select.havingClause,
        select.sortClause,
        select.distinctClause,
        select.windowClause,
        select.limitCount,
        select.limitOffset,
      ],
      scopes,
      visible,
    );
    return columns;
  }

  source(relation: Relation, alias: string): Source {
    return { alias, relation, columns: relationColumns(this.#world, relation) };
  }

  #with(select: SelectStmt, outer: Scopes, tables: Tables): Tables {
    if (!select.withClause) return tables;
    const visible = new Map(tables);
    for (const node of select.withClause.ctes ?? []) {
      if (!("CommonTableExpr" in node)) continue;
      const { ctename, ctequery, aliascolnames } = node.CommonTableExpr;
      const names = strings(aliascolnames);
      if (select.withClause.recursive)
        visible.set(ctename ?? "", names.length ? names.map(named) : undefined);
      if (ctequery && "SelectStmt" in ctequery) {
        const columns = this.select(ctequery.SelectStmt, outer, visible);
        visible.set(ctename ?? "", renamed(columns, names));
      } else visible.set(ctename ?? "", undefined);
    }
    return visible;
  }

  #from(node: Node, sources: Source[], scopes: Scopes, tables: Tables): void {
    if ("RangeVar" in node) this.#table(node.RangeVar, sources, tables);
    else if ("JoinExpr" in node) {
      const { larg, rarg, quals, usingClause } = node.JoinExpr;
      const first = sources.length;
      if (larg) this.#from(larg, sources, scopes, tables);
      if (rarg) this.#from(rarg, sources, scopes, tables);
      for (const name of strings(usingClause)) {
        for (const source of sources.slice(first)) this.needs.mergedColumn(source, name);
      }
      this.#expressions([quals], scopes, tables);
    } else if ("RangeSubselect" in node) {
      const { subquery, alias } = node.RangeSubselect;
      const columns =
        subquery && "SelectStmt" in subquery ? this.select(subquery.SelectStmt, scopes, tables) : undefined;
      sources.push({ alias: alias?.aliasname ?? "", columns: renamed(columns, strings(alias?.colnames)) });
    } else {
      this.#expressions([node], scopes, tables);
      const { alias } = (Object.values(node)[0] ?? {}) as { alias?: Alias };
      const columns = "JsonTable" in node ? jsonColumns(node.JsonTable.columns) : undefined;
      sources.push({ alias: alias?.aliasname ?? "", columns: renamed(columns, strings(alias?.colnames)) });
    }
  }

  #table(name: RangeVar, sources: Source[], tables: Tables): void {
    const alias = name.alias?.aliasname ?? name.relname ?? "";
    const renames = strings(name.alias?.colnames);
    if (!name.schemaname && tables.has(name.relname ?? "")) {
      sources.push({ alias, columns: renamed(tables.get(name.relname ?? ""), renames) });
      return;
    }
    const relation = findRelation(this.#world, name, rowKinds);
    if (!relation) {
      this.needs.missing.push(name);
      sources.push({ alias, columns: undefined });
      return;
    }
    this.needs.relation(relation);
    const source = this.source(relation, alias);
    sources.push({ ...source, range: name, columns: renamed(source.columns, renames) });
  }

  #targets(targets: readonly Node[], scopes: Scopes, tables: Tables): readonly OutputColumn[] | undefined {
    const columns: OutputColumn[] = [];
    let known = true;
    for (const target of targets) {
      if (!("ResTarget" in target)) continue;
      const { val } = target.ResTarget;
      if (!val) continue;
      if ("ColumnRef" in val && strings(val.ColumnRef.fields).at(-1) === "*") {
        const all = this.#star(val.ColumnRef, scopes[0] ?? []);
        if (all) columns.push(...all.map(({ column }) => column));
        else known = false;
        if (all) this.stars.set(target, all.map(expanded));
        continue;
      }
      this.#expressions([val], scopes, tables);
      columns.push({ name: outputName(target.ResTarget), type: this.#typeOf(val, scopes) });
    }
    return known ? columns : undefined;
  }

  #star(reference: ColumnRef, sources: readonly Source[]) {
    const qualifier = strings(reference.fields).at(-2);
    const columns: { readonly alias: string; readonly column: OutputColumn }[] = [];
    for (const source of sources) {
      if (qualifier !== undefined && source.alias !== qualifier) continue;
      if (!source.columns) return undefined;
      for (const column of source.columns) {
        this.needs.column(source, column.name);
        columns.push({ alias: source.alias, column });
      }
    }
    return columns;
  }

  #expressions(trees: readonly unknown[], scopes: Scopes, tables: Tables): void {
    for (const tree of trees) this.#expression(tree, scopes, tables);
  }

  #expression(tree: unknown, scopes: Scopes, tables: Tables): void {
    if (Array.isArray(tree)) {
      for (const item of tree) this.#expression(item, scopes, tables);
      return;
    }
    if (typeof tree !== "object" || tree === null) return;
    const node = tree as Node;
    if ("SelectStmt" in node) {
      this.select(node.SelectStmt, scopes, tables);
      return;
    }
    if ("A_Expr" in node) this.needs.literals(node.A_Expr, scopes);
    if ("ColumnRef" in node) this.needs.reference(node.ColumnRef, scopes);
    else if ("FuncCall" in node) this.needs.call(node.FuncCall);
    else if ("TypeCast" in node) this.needs.type(node.TypeCast.typeName);
    else if ("CollateClause" in node) this.needs.collation(strings(node.CollateClause.collname));
    for (const value of Object.values(tree)) this.#expression(value, scopes, tables);
  }

  #typeOf(node: Node, scopes: Scopes): string | undefined {
    if ("TypeCast" in node) return resolveType(this.#world, node.TypeCast.typeName).text;
    if (!("ColumnRef" in node)) return undefined;
    const found = resolve(node.ColumnRef, scopes);
    const type = found?.source.columns?.find((column) => column.name === found.name)?.type;
    return found && isMerged(found, node.ColumnRef, scopes) ? undefined : type;
  }
}

function relationColumns(world: World, relation: Relation): readonly OutputColumn[] | undefined {
  switch (relation.kind) {
    case "table": {
      const key = keyOf("table", relation.name);
      if (world.assumed.has(key)) return undefined;
      return columnsOf(world, key).map((column) => ({
        name: lastPart(column.name),
        type: column.attributes.type,
      }));
    }
    case "view":
    case "materialized view":
      return viewColumns(world, relation.attributes.definition);
    default:
      return undefined;
  }
}

/**
 * Columns of a view, told from its definition. The catalog keeps none of its own for views, because the definition
 * already says what they are.
 */
function viewColumns(world: World, definition: string): readonly OutputColumn[] | undefined {
  const statement = parseSql(definition).statements[0];
  if (!statement || !("SelectStmt" in statement.node)) return undefined;
  return readQuery(world, statement.node.SelectStmt).columns;
}

/** `id` of JOIN … USING (id) is a column of both sides, of the type that they have in common. */
function isMerged(
  { source, name }: { readonly source: Source; readonly name: string },
  reference: ColumnRef,
  scopes: Scopes,
): boolean {
  const sources = scopes.find((it) => it.includes(source)) ?? [];
  const isIn = ({ columns }: Source) => columns?.some((column) => column.name === name) === true;
  return strings(reference.fields).length === 1 && sources.filter(isIn).length > 1;
}

/** Those of nested paths stand in their place (manual, 9.16.4). */
function jsonColumns(columns: readonly Node[] = []): OutputColumn[] {
  return columns.flatMap((node) => {
    if (!("JsonTableColumn" in node)) return [];
    const { coltype, name = "", columns: nested } = node.JsonTableColumn;
    return coltype === "JTC_NESTED" ? jsonColumns(nested) : [named(name)];
  });
}
