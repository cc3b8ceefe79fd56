import type { Statement } from "../../sql/statement.ts";

/** Does it stop where the enum has the value already? */
export function addsOnce({ node }: Statement): boolean {
  return (
    "AlterEnumStmt" in node &&
    node.AlterEnumStmt.oldVal === undefined &&
    node.AlterEnumStmt.skipIfNewValExists !== true
  );
}

/** The same statement for a second time. */
export function againIfNotExists(sql: string): string {
  return sql.replace(/\bADD\s+VALUE\b/i, (words) => `${words} IF NOT EXISTS`);
}
