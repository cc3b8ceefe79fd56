/**
 * `public.users` → `users`, for that is where names are looked for anyway. String constants stay as they are, and so does
 * every statement with a routine's body in it.
 */
export function shorten(sql: string): string {
  if (/\$\w*\$/.test(sql)) return sql;
  return sql.replaceAll(/'(?:[^']|'')*'|\bpublic\.(?=["a-z_])/g, (match) =>
    match === "public." ? "" : match,
  );
}
