/** What is known of a relation that is put there. Nobody says `pg_default`, where a database is unless it was told another. */
export function inTablespace(name: string | undefined): { readonly tablespace?: string } {
  return name && name !== "pg_default" ? { tablespace: name } : {};
}
