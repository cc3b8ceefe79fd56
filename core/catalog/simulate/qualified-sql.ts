import type { Node, RangeVar } from "@pgsql/types";
import { lastPart, splitQualified } from "../quote-identifier.ts";
import { schemaOf } from "../schema-of.ts";
import { constantText } from "./constant-text.ts";
import { copyTree } from "./copy-tree.ts";
import { plainNumber } from "./plain-number.ts";
import { findRelation, rangeVarOf, strings } from "./relations.ts";
import { findRoutines } from "./routines.ts";
import { sqlText } from "./sql-text.ts";
import { resolveType } from "./type-names.ts";
import { walk } from "./walk.ts";
import type { World } from "./world.ts";

/** SQL with every table, routine and type of the user under its full name, as PostgreSQL prints it with an empty search_path. */
export function qualifiedSql(world: World, tree: Node): string {
  const copy = copyTree(tree);
  const common = new Set<string>();
  const tables: RangeVar[] = [];
  walk(copy, (node) => {
    if ("CommonTableExpr" in node) common.add(node.CommonTableExpr.ctename ?? "");
    else if ("RangeVar" in node) tables.push(node.RangeVar);
    else if ("FuncCall" in node) {
      const names = strings(node.FuncCall.funcname);
      const routine =
        names.length === 1 ? findRoutines(world, names, node.FuncCall.args?.length ?? 0)[0] : undefined;
      if (routine) {
        const schema = splitQualified(routine.slice(routine.indexOf(" ") + 1))[0] ?? "public";
        node.FuncCall.funcname = [{ String: { sval: schema } }, ...(node.FuncCall.funcname ?? [])];
      }
      if (names.at(-1) === "nextval") qualifyRegclass(world, node.FuncCall.args ?? []);
    } else if ("TypeCast" in node) {
      const type = node.TypeCast.typeName;
      if (type) {
        const { text, dependsOn } = resolveType(world, type);
        printConstant(node.TypeCast.arg, text);
        const parts = dependsOn.length > 0 ? splitQualified(text.replace(/[([].*$/, "")) : [];
        if (parts.length > 1 && strings(type.names).length === 1)
          type.names = parts.map((sval) => ({ String: { sval } }));
      }
    } else if ("A_Const" in node && node.A_Const.fval) {
      node.A_Const.fval = { fval: plainNumber(node.A_Const.fval.fval ?? "") };
    }
    return undefined;
  });
  for (const table of tables) {
    if (table.schemaname || common.has(table.relname ?? "")) continue;
    const found = findRelation(world, table);
    if (found) table.schemaname = lastPart(schemaOf(found));
  }
  return sqlText(copy);
}

/** A literal of a type is stored as a value and printed by the type. */
function printConstant(node: Node | undefined, type: string): void {
  if (!node || !("A_Const" in node) || !node.A_Const.sval) return;
  node.A_Const.sval = { sval: constantText(node.A_Const.sval.sval ?? "", type) };
}

/** `nextval('x_seq')` and `nextval('x_seq'::regclass)` are printed as `nextval('public.x_seq'::regclass)`. */
function qualifyRegclass(world: World, args: Node[]): void {
  const first = args[0];
  const constant = first && "TypeCast" in first ? first.TypeCast.arg : first;
  if (!constant || !("A_Const" in constant) || !constant.A_Const.sval) return;
  const found = findRelation(world, rangeVarOf(splitQualified(constant.A_Const.sval.sval ?? "")));
  const sval = found?.name ?? constant.A_Const.sval.sval ?? "";
  args[0] = {
    TypeCast: {
      arg: { A_Const: { sval: { sval } } },
      typeName: { names: [{ String: { sval: "regclass" } }], typemod: -1 },
    },
  };
}
