import type { Node } from "@pgsql/types";
import { literal } from "../../sql/literal.ts";
import { constantText } from "./constant-text.ts";
import { qualifiedSql } from "./qualified-sql.ts";
import { strings } from "./relations.ts";
import { baseOf } from "./type-change.ts";
import { resolveType } from "./type-names.ts";
import type { World } from "./world.ts";

/**
 * A default as pg_get_expr prints it: a bare string gets the column's type. Undefined for a plain NULL,
 * which PostgreSQL does not store.
 */
export function defaultText(
  world: World,
  expression: Node | undefined,
  type: string | undefined,
): string | undefined {
  if (!expression) return undefined;
  const bare = type?.replace(/\(.*?\)/, "");
  if ("A_Const" in expression) {
    const constant = expression.A_Const;
    if (constant.isnull) return nullText(world, type);
    if (constant.sval && bare !== undefined) return stringConstant(constant.sval.sval ?? "", bare);
    // B'10' is a bit whatever the column is.
    const bits = /^b(.*)$/.exec(constant.bsval?.bsval ?? "")?.[1];
    if (bits !== undefined) return stringConstant(bits, "bit");
  }
  if ("TypeCast" in expression) {
    const { arg, typeName } = expression.TypeCast;
    const target = resolveType(world, typeName).text.replace(/\(.*?\)/, "");
    if (arg && "A_Const" in arg) {
      if (arg.A_Const.isnull) return type === target ? nullText(world, type) : `NULL::${target}`;
      if (arg.A_Const.sval && strings(typeName?.names).at(-1) !== "regclass") {
        return stringConstant(arg.A_Const.sval.sval ?? "", target);
      }
    }
  }
  return qualifiedSql(world, expression);
}

/** Cutting NULL to a length, or checking it against a domain, is an expression, and so it is stored. */
function nullText(world: World, type: string | undefined): string | undefined {
  const base = baseOf(world, type ?? "");
  const bare = base.replace(/\(.*?\)/, "");
  return type === bare ? undefined : `NULL::${bare}`;
}

function stringConstant(value: string, type: string): string {
  if (type === "boolean") return /^(t|true|y|yes|on|1)$/i.test(value.trim()) ? "true" : "false";
  return `${literal(constantText(value, type))}::${type}`;
}
