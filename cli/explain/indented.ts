/** SQL below a heading. */
export function indented(sql: string): string {
  return sql
    .trim()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
