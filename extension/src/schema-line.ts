/** The schema that every database has, as PostgreSQL makes it: nothing to read there. */
const builtInSchema =
  "owner pg_database_owner, privileges (=U/pg_database_owner, pg_database_owner=UC/pg_database_owner)";

/** One object as a line of a schema text: `public.users.email (column): text NOT NULL`. */
export function schemaLine(kind: string, object: string, definition: string): string {
  const text = definition.replaceAll(/\s+/g, " ").trim();
  // For some kinds there is nothing to define: a schema is its name.
  const saysNothing = text === "" || text === kind || (kind === "schema" && text === builtInSchema);
  return saysNothing ? headOf(kind, object) : `${headOf(kind, object)}: ${text}`;
}

/** What the line of an object begins with, however it is defined. */
export function headOf(kind: string, object: string): string {
  return `${object} (${kind})`;
}

/** `public.users.email (column): text` → `public.users.email (column)` */
export function headOfLine(line: string): string {
  const end = line.indexOf("): ");
  return end < 0 ? line : line.slice(0, end + 1);
}

/** A table stands before its parts, for their names begin with its name. */
export function schemaText(lines: Iterable<string>): string {
  const sorted = [...lines].sort();
  return sorted.length === 0 ? "" : `${sorted.join("\n")}\n`;
}
