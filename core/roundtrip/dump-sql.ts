import { literal } from "../sql/literal.ts";
import { tokens } from "../sql/tokens.ts";

/**
 * A plain dump of `pg_dump` as SQL that a server takes: psql's own commands (`\restrict`, `\connect`) fall away, and
 * the lines of COPY become INSERT. Lines keep their numbers.
 */
export function dumpSql(text: string): string {
  const lines: string[] = [];
  let copy: string | undefined;
  let rows = 0;
  for (const line of text.split(/\r?\n/)) {
    if (copy === undefined) {
      copy = /^COPY (.+) FROM stdin;\s*$/i.exec(line)?.[1];
      rows = 0;
      lines.push(copy === undefined && !isLeftOut(line) ? line.replace(...publicSchema) : "");
    } else if (line === "\\.") {
      lines.push(rows > 0 ? ";" : "");
      copy = undefined;
    } else {
      // COPY puts values into identity columns, whatever they are GENERATED.
      const start = rows === 0 ? `INSERT INTO ${copy} OVERRIDING SYSTEM VALUE VALUES` : ",";
      lines.push(`${start} (${line.split("\t").map(fieldSql).join(", ")})`);
      rows += 1;
    }
  }
  return withoutCommands(lines.join("\n"));
}

/** What is about the database that was dumped, or about the program that reads the dump. */
function isLeftOut(line: string): boolean {
  // 17 and later write it, 16 does not know it.
  return /^SET transaction_timeout = 0;/.test(line) || ofDatabase.test(line);
}

/** `--create` makes the database and says its properties; ours has another name. */
const ofDatabase =
  /^(?:(?:CREATE|ALTER|DROP|COMMENT ON|SECURITY LABEL FOR \S+ ON) DATABASE|(?:GRANT|REVOKE) [\w ,]+ ON DATABASE|ALTER ROLE .+ IN DATABASE) .*;\s*$/;

/** `--schema=public` makes what every database has. */
const publicSchema = [/^CREATE SCHEMA public;/, "CREATE SCHEMA IF NOT EXISTS public;"] as const;

/** A field of COPY's text format as a literal. */
function fieldSql(field: string): string {
  if (field === "\\N") return "NULL";
  const value = field.replaceAll(/\\([0-7]{1,3}|x[0-9a-f]{1,2}|.)/gi, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    if (/^x./i.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return controls[code] ?? code;
  });
  return literal(value);
}

const controls: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** A backslash at the start of a line speaks to psql, unless it stands inside of a string or a function's body. */
function withoutCommands(text: string): string {
  if (!/^\\/m.test(text)) return text;
  const kept: string[] = [];
  let at = 0;
  for (const token of tokens(text)) {
    if (token.start < at || text[token.start] !== "\\") continue;
    if (token.start > 0 && text[token.start - 1] !== "\n") continue;
    const end = text.indexOf("\n", token.start);
    kept.push(text.slice(at, token.start));
    at = end < 0 ? text.length : end;
  }
  return kept.join("") + text.slice(at);
}
