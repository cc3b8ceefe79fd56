import { lastPart } from "../../catalog/quote-identifier.ts";
import { escapePattern } from "../../sql/escape-pattern.ts";
import type { ProposedStatement } from "./inverse/proposed.ts";

/** Says nothing twice, except what was undone since; what is dropped as soon as it is made is not made at all. */
export function withoutRepetition(statements: readonly ProposedStatement[]): ProposedStatement[] {
  const kept: ProposedStatement[] = [];
  for (const statement of statements) {
    const { sql, again } = statement;
    const said = kept.findLastIndex((it) => it.sql === sql);
    const since = said < 0 ? [] : kept.slice(said + 1);
    const undone = since.findLastIndex((it) => undoes(it.sql, sql));
    if (again || said < 0) kept.push(statement);
    else if (undone === 0 && since.length === 1 && sql.startsWith("DROP ")) kept.pop();
    else if (undone >= 0) kept.push(statement);
  }
  return kept;
}

/** Is what the second says no longer so after the first? */
function undoes(other: string, sql: string): boolean {
  if (makes(other, sql) || makes(sql, other)) return true;
  // A publication takes a table once, and lists it one way at a time.
  const [publication] = /^ALTER PUBLICATION \S+ /.exec(sql) ?? [];
  return publication !== undefined && other.startsWith(publication);
}

/** Does a CREATE make what a DROP takes away? */
function makes(create: string, drop: string): boolean {
  const [, kind, name] = /^DROP ([A-Z ]+?) (?:IF EXISTS )?((?:"[^"]*"|[^\s"(])+)/.exec(drop) ?? [];
  if (kind === undefined || name === undefined) return false;
  const own = escapePattern(lastPart(name));
  return new RegExp(`^\\s*CREATE\\s[^'"(]*\\b${kind}\\s+(?:[^\\s(]+\\.)?"?${own}"?(?=[\\s(;]|$)`, "i").test(
    create,
  );
}
