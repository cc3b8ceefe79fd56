/** As a person writes it what the catalog holds as PostgreSQL or its parser prints it. Routines keep their bodies. */
export function readable(sql: string): string {
  if (/\$\w*\$/.test(sql)) return sql;
  return withoutDoubled(
    sql.replaceAll(patterns, (match, constant, type) => {
      if (constant !== undefined) return `${constant}::${type}`;
      return match.startsWith("EXECUTE") ? match.replace(" (", "(") : match;
    }),
  );
}

/** String constants are passed over; a cast of one reads better behind it. */
const patterns =
  /CAST\(('(?:[^']|'')*') AS ((?:[\w.]|"(?:[^"]|"")*")+(?: [a-z]+)*(?:\[\])?)\)|'(?:[^']|'')*'|EXECUTE FUNCTION (?:[\w.]|"(?:[^"]|"")*")+ \(/g;

/** `CHECK ((a > 0))` is printed with the parentheses of its expression. */
function withoutDoubled(sql: string): string {
  const start = sql.indexOf("CHECK ((");
  if (start < 0) return sql;
  const open = start + "CHECK (".length;
  let depth = 0;
  for (let at = open; at < sql.length; at++) {
    if (sql[at] === "'") at = sql.indexOf("'", at + 1);
    if (at < 0) return sql;
    if (sql[at] === "(") depth++;
    if (sql[at] === ")") depth--;
    if (depth > 0) continue;
    const rest = withoutDoubled(sql.slice(at + 1));
    return sql[at + 1] === ")"
      ? sql.slice(0, open) + sql.slice(open + 1, at) + rest
      : sql.slice(0, at + 1) + rest;
  }
  return sql;
}
