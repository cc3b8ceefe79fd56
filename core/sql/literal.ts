/**
 * A text as an SQL string constant. `E''` where there is a backslash, so that it means the same whatever
 * standard_conforming_strings says.
 */
export function literal(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return doubled.includes("\\") ? `E'${doubled.replaceAll("\\", "\\\\")}'` : `'${doubled}'`;
}
