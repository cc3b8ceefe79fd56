import { parsePlpgsql } from "../../../sql/grammar.ts";

/** Does a routine in PL/pgSQL, or the tree of one, hold a COMMIT or ROLLBACK? `sql` is its CREATE FUNCTION or PROCEDURE. */
export function routineEndsTransaction(sql: string): boolean {
  if (!/\b(commit|rollback)\b/i.test(sql)) return false;
  try {
    return endsTransaction(parsePlpgsql(sql));
  } catch {
    return false;
  }
}

export function endsTransaction(tree: unknown): boolean {
  if (typeof tree !== "object" || tree === null) return false;
  return Object.entries(tree).some(
    ([key, value]) =>
      key === "PLpgSQL_stmt_commit" || key === "PLpgSQL_stmt_rollback" || endsTransaction(value),
  );
}
