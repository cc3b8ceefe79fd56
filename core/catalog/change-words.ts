import { type AccessTexts, accessWords } from "./access-words.ts";
import type { CatalogObject } from "./model.ts";
import type { Pair } from "./pair.ts";

/** What the words say happened in between: "is left after down". */
export type Moment = "after down" | "after going up again" | "after going down again" | "after all downs";

export function wordsOf(
  pair: Pair & { readonly attributes: readonly string[] },
  subject: string,
  moment: Moment,
): string {
  if (!pair.after) return `${subject} is missing ${moment}`;
  if (!pair.before) return `${subject} is left ${moment}`;
  if (pair.attributes.length === 0) return `${subject} stands at another position ${moment}`;
  const kind = (pair.before ?? pair.after)?.kind ?? "table";
  // A definition says it all: what else is known of an index or a constraint was read from it.
  const telling = pair.attributes.includes("definition") ? ["definition"] : pair.attributes;
  const beside = pair.attributes.filter((name) => besideDefinition.has(name) && !telling.includes(name));
  const details = [...telling, ...beside].map((name) => {
    return attributeWords(name, attributeOf(pair.before, name), attributeOf(pair.after, name), kind);
  });
  return `${subject}: ${details.join(", ")}`;
}

/** Not part of any definition. */
const besideDefinition: ReadonlySet<string> = new Set([
  "comment",
  "owner",
  "privileges",
  "enabled",
  "invalid",
  "clustered",
  "triggersDisabled",
]);

/** A sentence stays on one line; what is longer is for the diff to show. */
const longest = 100;

function attributeOf(object: CatalogObject | undefined, name: string): unknown {
  const attributes: Readonly<Record<string, unknown>> = object?.attributes ?? {};
  return attributes[name];
}

function attributeWords(name: string, before: unknown, after: unknown, kind: CatalogObject["kind"]): string {
  if (name === "privileges") {
    const words = accessWords(kind, before as AccessTexts, after as AccessTexts);
    if (words !== "") return words;
  }
  const label = name.replaceAll(/([A-Z])/g, " $1").toLowerCase();
  if (name === "notNull") return after ? "NOT NULL is new" : "NOT NULL is lost";
  const texts = [before, after].filter((value) => value !== undefined).map(shown);
  if (texts.some((text) => text.length > longest || text.includes("\n"))) {
    if (before === undefined) return `${label} is new`;
    return after === undefined ? `${label} is lost` : `${label} is another one`;
  }
  if (before === undefined) return `${label} ${shown(after)} is new`;
  if (after === undefined) return `${label} ${shown(before)} is lost`;
  return `${label} ${shown(after)} instead of ${shown(before)}`;
}

function shown(value: unknown): string {
  if (value === true) return "on";
  return Array.isArray(value) ? `(${value.join(", ")})` : String(value);
}
