import type { Node, SelectStmt } from "@pgsql/types";
import { dictionary } from "../../../sql/dictionary.ts";
import { type CatalogObject, keyOf, type ObjectKind } from "../../model.ts";
import { lastPart, splitQualified } from "../../quote-identifier.ts";
import { strings } from "../relations.ts";
import type { World } from "../world.ts";

/** What a row of one of PostgreSQL's catalogs stands for, and which of its columns say what. */
interface CatalogTable {
  readonly kinds: readonly ObjectKind[];
  /** Column that holds the object's own name. */
  readonly name: string;
  /** Column that holds the name of the table that the object is a part of. */
  readonly table?: string;
  readonly schema?: string;
}

const relations = ["table", "view", "materialized view", "sequence", "index"] as const;

const tables: Readonly<Record<string, CatalogTable>> = dictionary({
  pg_type: { kinds: ["type", "domain", "table", "view"], name: "typname" },
  pg_class: { kinds: relations, name: "relname" },
  pg_tables: { kinds: ["table"], name: "tablename", schema: "schemaname" },
  pg_views: { kinds: ["view"], name: "viewname", schema: "schemaname" },
  pg_matviews: { kinds: ["materialized view"], name: "matviewname", schema: "schemaname" },
  pg_indexes: { kinds: ["index"], name: "indexname", table: "tablename", schema: "schemaname" },
  pg_trigger: { kinds: ["trigger"], name: "tgname" },
  pg_constraint: { kinds: ["constraint"], name: "conname" },
  pg_extension: { kinds: ["extension"], name: "extname" },
  pg_namespace: { kinds: ["schema"], name: "nspname" },
  pg_proc: { kinds: ["function", "procedure", "aggregate"], name: "proname" },
  pg_policies: { kinds: ["policy"], name: "policyname", table: "tablename", schema: "schemaname" },
  pg_publication: { kinds: ["publication"], name: "pubname" },
  tables: { kinds: ["table", "view"], name: "table_name", schema: "table_schema" },
  columns: { kinds: ["column"], name: "column_name", table: "table_name", schema: "table_schema" },
  table_constraints: {
    kinds: ["constraint"],
    name: "constraint_name",
    table: "table_name",
    schema: "table_schema",
  },
});

/**
 * Does a query of PostgreSQL's catalogs find an object that the simulated catalog has? Undefined where it asks for more
 * than names, or for what may come from outside of the scripts.
 */
export function findsExisting(world: World, select: SelectStmt): boolean | undefined {
  const [from, ...joined] = select.fromClause ?? [];
  if (!from || joined.length > 0 || !("RangeVar" in from) || select.groupClause || select.havingClause)
    return undefined;
  const known = tables[from.RangeVar.relname ?? ""];
  if (!known) return undefined;
  const asked = new Map<string, string>();
  let everything = true;
  for (const condition of conditionsOf(select.whereClause)) {
    const equality = equalityOf(condition);
    if (equality && [known.name, known.table, known.schema].includes(equality.column)) {
      asked.set(equality.column, equality.value);
    } else everything = false;
  }
  if (!asked.has(known.name)) return undefined;
  let found = false;
  for (const object of world.catalog.objects()) {
    if (!known.kinds.includes(object.kind) || !matches(object, known, asked)) continue;
    if (world.uncertain.has(keyOf(object.kind, object.name))) return undefined;
    found = true;
  }
  if (found) return everything ? true : undefined;
  return mayBeOutside(world, known, asked) ? undefined : false;
}

function conditionsOf(node: Node | undefined): Node[] {
  if (!node) return [];
  if ("BoolExpr" in node && node.BoolExpr.boolop === "AND_EXPR") {
    return (node.BoolExpr.args ?? []).flatMap(conditionsOf);
  }
  return [node];
}

/** `column = 'value'`, also where the value is current_schema(). */
function equalityOf(node: Node): { readonly column: string; readonly value: string } | undefined {
  if (!("A_Expr" in node) || node.A_Expr.kind !== "AEXPR_OP" || strings(node.A_Expr.name).at(-1) !== "=")
    return undefined;
  const { lexpr, rexpr } = node.A_Expr;
  const column = lexpr && "ColumnRef" in lexpr ? strings(lexpr.ColumnRef.fields).at(-1) : undefined;
  const constant = rexpr && "TypeCast" in rexpr ? rexpr.TypeCast.arg : rexpr;
  const value = constant && "A_Const" in constant ? constant.A_Const.sval?.sval : undefined;
  return column === undefined || value === undefined ? undefined : { column, value };
}

function matches(object: CatalogObject, known: CatalogTable, asked: ReadonlyMap<string, string>): boolean {
  const bare = object.name.replace(/\(.*\)$/, "");
  if (lastPart(bare) !== asked.get(known.name)) return false;
  const schema = known.schema === undefined ? undefined : asked.get(known.schema);
  if (schema !== undefined && splitQualified(bare)[0] !== schema) return false;
  const table = known.table === undefined ? undefined : asked.get(known.table);
  return table === undefined || (object.parent !== undefined && lastPart(object.parent) === table);
}

/** A part of a table from outside of the scripts may be there without having been seen. */
function mayBeOutside(world: World, known: CatalogTable, asked: ReadonlyMap<string, string>): boolean {
  const table = known.table === undefined ? undefined : asked.get(known.table);
  const parts = known.kinds.some((kind) =>
    ["column", "index", "trigger", "constraint", "policy"].includes(kind),
  );
  return parts && [...world.assumed].some((key) => table === undefined || lastPart(key) === table);
}
