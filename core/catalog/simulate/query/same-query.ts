import type { SelectStmt } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { canonicalSql } from "../../normalise-expression.ts";
import { sqlText } from "../sql-text.ts";
import { walk } from "../walk.ts";
import { outputName } from "./figure-name.ts";

/**
 * Are two queries the same but for the casts, aliases and names that PostgreSQL adds when it prints one? What is written
 * by hand and what was copied from a dump make the same view.
 */
export function sameQuery(a: string, b: string): boolean {
  if (a === b) return true;
  const left = withoutAnalysis(a);
  return left !== undefined && left === withoutAnalysis(b);
}

function withoutAnalysis(text: string): string | undefined {
  const node = parseSql(text).statements[0]?.node;
  if (!node) return undefined;
  walk(node, (part) => {
    if ("ResTarget" in part) part.ResTarget.name = outputName(part.ResTarget);
    return undefined;
  });
  walk(node, (part) => {
    if ("SelectStmt" in part) unnameBranches(part.SelectStmt, false);
    return undefined;
  });
  const canonical = canonicalSql(sqlText(node), "statement");
  return canonical === undefined ? undefined : JSON.stringify(strip(JSON.parse(canonical)));
}

/** The first SELECT of a UNION names its columns; what the others call theirs means nothing. */
function unnameBranches({ larg, rarg, targetList = [] }: SelectStmt, isLater: boolean): void {
  if (larg) unnameBranches(larg, isLater);
  if (rarg) unnameBranches(rarg, true);
  if (!isLater) return;
  for (const target of targetList) if ("ResTarget" in target) delete target.ResTarget.name;
}

function strip(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(strip);
  if (typeof tree !== "object" || tree === null) return tree;
  const node = tree as Readonly<Record<string, unknown>>;
  const cast = node.TypeCast as { arg?: unknown } | undefined;
  if (cast) return strip(cast.arg);
  return Object.fromEntries(
    Object.entries(node)
      // An alias is printed with a number where it hides another one, and is taken from the table where it is missing.
      .filter(([name, value]) => name !== "alias" && !(name === "defresult" && isNull(value)))
      .map(([name, value]) => [name, strip(value)]),
  );
}

/** ELSE NULL is what CASE without ELSE comes to. */
function isNull(value: unknown): boolean {
  return JSON.stringify(strip(value)) === '{"A_Const":"null"}';
}
