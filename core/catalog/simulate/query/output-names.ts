import type { Node, SelectStmt } from "@pgsql/types";
import { parseSql } from "../../../sql/parse.ts";
import { outputName } from "./figure-name.ts";

/** Names under which a query returns its columns; undefined where it says `*` or nothing that names them. */
export function outputNames(query: string): readonly string[] | undefined {
  const node = parseSql(query).statements[0]?.node;
  return node && "SelectStmt" in node ? namesOf(node.SelectStmt) : undefined;
}

function namesOf({ larg, targetList }: SelectStmt): readonly string[] | undefined {
  if (larg) return namesOf(larg);
  if (!targetList) return undefined;
  const names: string[] = [];
  for (const target of targetList) {
    if (!("ResTarget" in target) || endsWithStar(target.ResTarget.val)) return undefined;
    names.push(outputName(target.ResTarget));
  }
  return names;
}

function endsWithStar(value: Node | undefined): boolean {
  if (!value) return true;
  const parts =
    "ColumnRef" in value
      ? value.ColumnRef.fields
      : "A_Indirection" in value
        ? value.A_Indirection.indirection
        : [];
  const last = parts?.at(-1);
  return last !== undefined && "A_Star" in last;
}
