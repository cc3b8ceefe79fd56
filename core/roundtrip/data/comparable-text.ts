/** The same text for values that PostgreSQL, or whoever reads them, takes for the same: `1.50` and `1.5`. */
export function comparableText(type: string, text: string): string {
  if (type.startsWith("numeric")) return /\.\d*0$/.test(text) ? text.replace(/\.?0+$/, "") : text;
  return type === "json" ? comparableJson(text) : text;
}

/** Neither white space nor the order of keys means anything. */
function comparableJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  } catch {
    return text;
  }
}
