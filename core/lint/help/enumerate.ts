/** More names than this are counted. */
const most = 4;

/** `a`, `a and b`, `a, b, c and 5 more` */
export function enumerate(names: readonly string[]): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names.slice(0, -1);
  const last = names.length > most ? `${names.length - shown.length} more` : names.at(-1);
  return shown.length === 0 ? `${last}` : `${shown.join(", ")} and ${last}`;
}

/** `orders.total`, or `orders (total, currency)` */
export function columnsOf(table: string, columns: readonly string[]): string {
  if (columns.length === 1) return `${table}.${columns[0]}`;
  const rest = columns.length - most;
  return `${table} (${columns.slice(0, most).join(", ")}${rest > 0 ? ` and ${rest} more` : ""})`;
}
