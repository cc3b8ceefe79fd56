import { lastPart } from "../../catalog/quote-identifier.ts";
import type { ProposedStatement } from "./inverse/proposed.ts";

/** A role goes when nothing is granted to it any more: behind what drops its schemas and tables. */
export function rolesLast(statements: readonly ProposedStatement[]): ProposedStatement[] {
  const ordered = [...statements];
  for (const statement of statements) {
    const role = roleIn(/^DROP ROLE (?:IF EXISTS )?(\S+)$/, statement.sql);
    if (role === undefined) continue;
    const from = ordered.indexOf(statement);
    const again = ordered.findIndex(
      ({ sql }, index) =>
        index > from && roleIn(/^\s*(?:CREATE ROLE|ALTER ROLE \S+ RENAME TO) (\S+)/i, sql) === role,
    );
    ordered.splice(again < 0 ? ordered.length : again, 0, statement);
    ordered.splice(from, 1);
  }
  return ordered;
}

function roleIn(pattern: RegExp, sql: string): string | undefined {
  const name = pattern.exec(sql)?.[1];
  return name === undefined ? undefined : lastPart(name);
}
