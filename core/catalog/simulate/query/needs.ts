import type { A_Expr, ColumnRef, FuncCall, Node, RangeVar, TypeName } from "@pgsql/types";
import { keyOf, type ObjectKey } from "../../model.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { functionKeys, typeKeys } from "../call-dependencies.ts";
import { collationLink } from "../collations.ts";
import { columnKey, columnOf, type Relation } from "../relations.ts";
import type { World } from "../world.ts";
import { resolve, type Scopes, type Source } from "./sources.ts";

/** Where a query names a column of a table. */
export interface ColumnUse {
  readonly reference: ColumnRef;
  readonly column: ObjectKey;
  /** The table as FROM names it. */
  readonly range: RangeVar | undefined;
}

/** A column of a table that USING takes for the one of the same name beside it. */
export interface MergedColumn {
  readonly column: ObjectKey;
  readonly range: RangeVar;
  /** What the table's columns are called in this query. */
  readonly names: readonly string[];
}

/** What a query turned out to need, noted while it is read. */
export class Needs {
  readonly keys = new Set<ObjectKey>();
  readonly relations = new Set<ObjectKey>();
  readonly uses: ColumnUse[] = [];
  readonly merged: MergedColumn[] = [];
  readonly missing: RangeVar[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  relation({ kind, name }: Relation): void {
    this.keys.add(keyOf(kind, name));
    this.relations.add(keyOf(kind, name));
  }

  reference(reference: ColumnRef, scopes: Scopes): void {
    const found = resolve(reference, scopes);
    if (!found) return;
    this.column(found.source, found.name);
    const { relation, range } = found.source;
    if (relation?.kind === "table")
      this.uses.push({ reference, column: columnKey(relation, found.name), range });
  }

  column({ relation }: Source, name: string): void {
    if (relation?.kind !== "table") return;
    const key = columnKey(relation, name);
    if (this.#world.catalog.has(key)) this.keys.add(key);
  }

  mergedColumn(source: Source, name: string): void {
    this.column(source, name);
    const { relation, range, columns } = source;
    if (relation?.kind !== "table" || !range || !columns) return;
    const names = columns.map((column) => column.name);
    if (names.includes(name)) this.merged.push({ column: columnKey(relation, name), range, names });
  }

  call(call: FuncCall): void {
    for (const key of functionKeys(this.#world, call)) this.keys.add(key);
  }

  type(name: TypeName | undefined): void {
    for (const key of typeKeys(this.#world, name)) this.keys.add(key);
  }

  collation(names: readonly string[]): void {
    for (const { on } of collationLink(this.#world, names)) this.keys.add(on);
  }

  /** A string that is compared with a column is a literal of the column's type, and needs that type. */
  literals(expression: A_Expr, scopes: Scopes): void {
    const operands = [expression.lexpr, expression.rexpr].flatMap((node) =>
      node && "List" in node ? (node.List.items ?? []) : node ? [node] : [],
    );
    if (!operands.some((node) => "A_Const" in node && node.A_Const.sval)) return;
    for (const node of operands) this.#typeOfColumn(node, scopes);
  }

  #typeOfColumn(node: Node, scopes: Scopes): void {
    const found = "ColumnRef" in node ? resolve(node.ColumnRef, scopes) : undefined;
    const relation = found?.source.relation;
    const column = found && relation ? columnOf(this.#world, relation, found.name) : undefined;
    for (const { on, part } of column?.dependsOn ?? []) {
      if (part === undefined && /^(?:type|domain) /.test(on)) this.keys.add(on);
    }
  }
}

/** `eliminate_duplicate_dependencies` (src/backend/catalog/dependency.c): a part makes the whole redundant. */
export function withoutWholes(keys: ReadonlySet<ObjectKey>): ReadonlySet<ObjectKey> {
  const parts = new Set<string>();
  for (const key of keys) if (key.startsWith("column ")) parts.add(tableOfColumn(key));
  return new Set([...keys].filter((key) => !parts.has(key)));
}

function tableOfColumn(key: ObjectKey): ObjectKey {
  const name = key.slice("column ".length);
  return `table ${name.slice(0, name.length - quoteIdentifier(lastPart(name)).length - 1)}`;
}
