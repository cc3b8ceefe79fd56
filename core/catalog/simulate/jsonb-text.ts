/** What jsonb prints: shorter keys first, a key once, one blank behind `:` and `,`. Undefined for what it refuses. */
export function jsonbText(value: string): string | undefined {
  try {
    JSON.parse(value);
  } catch {
    return undefined;
  }
  // A number is a numeric and keeps its digits (`1.50`), which JavaScript would round: it travels as a string.
  const marked = value.replace(token, (found) =>
    found.startsWith('"') ? `"s${found.slice(1)}` : `"n${found}"`,
  );
  return print(JSON.parse(marked));
}

const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

function print(value: unknown): string | undefined {
  if (typeof value === "string")
    return value.startsWith("s") ? JSON.stringify(value.slice(1)) : number(value.slice(1));
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return joined("[", value.map(print), "]");
  const entries = Object.entries(value).sort(([a], [b]) => byLength(a, b));
  const printed = entries.map(([key, item]) => {
    const text = print(item);
    return text === undefined ? undefined : `${JSON.stringify(key.slice(1))}: ${text}`;
  });
  return joined("{", printed, "}");
}

function joined(open: string, items: readonly (string | undefined)[], close: string): string | undefined {
  return items.includes(undefined) ? undefined : `${open}${items.join(", ")}${close}`;
}

/** There is no -0; where the point goes in `1e3` is left to PostgreSQL. */
function number(text: string): string | undefined {
  if (/e/i.test(text)) return undefined;
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

/** PostgreSQL compares the bytes of keys of one length. */
function byLength(a: string, b: string): number {
  const [left, right] = [utf8.encode(a), utf8.encode(b)];
  if (left.length !== right.length) return left.length - right.length;
  const at = left.findIndex((byte, i) => byte !== right[i]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

const utf8 = new TextEncoder();
