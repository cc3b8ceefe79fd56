import { parseSql } from "#core/sql/parse.ts";

export interface BrokenDown {
  readonly text: string;
  /** What was done to the down, in words. */
  readonly change: string;
}

/** Up to `limit` downs that were made from a good one: a statement deleted, moved, or with another name in it. */
export function brokenDowns(text: string, random: () => number, limit: number): BrokenDown[] {
  const { statements } = parseSql(text);
  const parts = statements.map((statement) => text.slice(statement.start, statement.end));
  const all: BrokenDown[] = [];
  for (const [index, part] of parts.entries()) {
    const rest = parts.filter((_, other) => other !== index);
    if (rest.length > 0) all.push({ text: join(rest), change: `without "${shown(part)}"` });
    if (index > 0) {
      const to = Math.floor(random() * index);
      all.push({
        text: join([...rest.slice(0, to), part, ...rest.slice(to)]),
        change: `"${shown(part)}" moved to ${to + 1}`,
      });
    }
    const renamed = misspelt(part);
    if (renamed !== undefined) {
      all.push({
        text: join(parts.map((it, other) => (other === index ? renamed : it))),
        change: `"${shown(renamed)}"`,
      });
    }
  }
  if (parts.length > 2) all.push({ text: join(parts.toReversed()), change: "reversed" });
  return shuffled(all, random).slice(0, limit);
}

function join(parts: readonly string[]): string {
  return `${parts.join(";\n")};\n`;
}

/** The last name of a DROP, spelt wrongly. */
function misspelt(statement: string): string | undefined {
  if (!/\bDROP\b/i.test(statement)) return undefined;
  const match = /("?)([A-Za-z_]\w*)\1(\s*(?:\([^()]*\))?\s*(?:CASCADE|RESTRICT)?\s*)$/i.exec(statement);
  if (!match || /^(cascade|restrict|null|default|identity|exists)$/i.test(match[2] ?? "")) return undefined;
  const quote = match[1] ?? "";
  return `${statement.slice(0, match.index)}${quote}${match[2]}_x${quote}${match[3] ?? ""}`;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const a = out[i] as T;
    out[i] = out[j] as T;
    out[j] = a;
  }
  return out;
}

function shown(part: string): string {
  const line = part.replaceAll(/\s+/g, " ");
  return line.length > 70 ? `${line.slice(0, 70)}…` : line;
}
