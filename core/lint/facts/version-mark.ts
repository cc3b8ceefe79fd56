import type { Node, UpdateStmt } from "@pgsql/types";

/**
 * `UPDATE schema_version SET version = 12`: many applications note in a table of one row how far their schema has come.
 * Table or column says that it is the schema's version, and the values are constants.
 */
export function marksVersion({ relation, targetList = [], whereClause }: UpdateStmt): boolean {
  if (whereClause) return false;
  const columns = targetList.flatMap((target) => ("ResTarget" in target ? [target.ResTarget] : []));
  if (!columns.every(({ val }) => isConstant(val))) return false;
  const names = columns.map(({ name = "" }) => name);
  return names.some((name) =>
    schemaVersion.test(relation?.relname ?? "") ? /version/i.test(name) : schemaVersion.test(name),
  );
}

const schemaVersion = /(?:^|_)(?:schema|db|database)_?(?:version|info)$/i;

function isConstant(node: Node | undefined): boolean {
  return node !== undefined && "A_Const" in node;
}
