/** "proved on PostgreSQL 18.4", and what it answered where it refused: ", SQLSTATE 42710". */
export function provedWords(postgres: string, sqlstate: string | null = null): string {
  return `proved on PostgreSQL ${postgres}${sqlstate === null ? "" : `, SQLSTATE ${sqlstate}`}`;
}
