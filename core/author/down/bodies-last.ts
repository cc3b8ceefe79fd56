import { lastPart } from "../../catalog/quote-identifier.ts";
import { escapePattern } from "../../sql/escape-pattern.ts";
import type { ProposedStatement } from "./inverse/proposed.ts";

/** PostgreSQL reads the body of an SQL function when it is made: it comes behind what it names and a later statement brings back. */
export function bodiesLast(statements: readonly ProposedStatement[]): ProposedStatement[] {
  const ordered = [...statements];
  for (const statement of statements) {
    const body = bodyOf(statement.sql);
    if (!body) continue;
    const from = ordered.indexOf(statement);
    const to = ordered.findLastIndex((it, index) => index > from && names(body.text, broughtBack(it.sql)));
    if (to < 0 || ordered.slice(from + 1, to + 1).some((it) => names(it.sql, body.routine))) continue;
    ordered.splice(from, 1);
    ordered.splice(to, 0, statement);
  }
  return ordered;
}

function bodyOf(sql: string): { readonly routine: string; readonly text: string } | undefined {
  const head = /^\s*CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\s+([^\s(]+)\s*\(/i.exec(sql);
  if (!head?.[1] || !/\bLANGUAGE\s+'?sql\b/i.test(sql)) return undefined;
  return { routine: lastPart(head[1]), text: sql.slice(head[0].length) };
}

/** The name that is there again after the statement. */
function broughtBack(sql: string): string | undefined {
  const name = '((?:(?:"(?:[^"]|"")*"|\\w+)\\.)*(?:"(?:[^"]|"")*"|\\w+))';
  const found =
    new RegExp(`\\bRENAME (?:\\S+ |(?:COLUMN|CONSTRAINT) \\S+ )?TO ${name}$`, "i").exec(sql) ??
    new RegExp(`\\bADD COLUMN (?:IF NOT EXISTS )?${name}`, "i").exec(sql) ??
    new RegExp(
      `^\\s*CREATE (?:OR REPLACE )?(?:UNLOGGED )?(?:TABLE|VIEW|MATERIALIZED VIEW|SEQUENCE|TYPE|DOMAIN|FUNCTION) ${name}`,
      "i",
    ).exec(sql);
  return found?.[1] && lastPart(found[1]);
}

function names(text: string, name: string | undefined): boolean {
  return name !== undefined && new RegExp(`(?<![\\w"])"?${escapePattern(name)}"?(?!\\w)`, "i").test(text);
}
