import { attributeWords } from "./attribute-words.ts";
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
  const beside = pair.attributes.filter((name) => isBeside(name, kind) && !telling.includes(name));
  const details = [...telling, ...beside].map((name) => {
    return attributeWords(name, attributeOf(pair.before, name), attributeOf(pair.after, name), kind);
  });
  return `${subject}: ${details.join(", ")}`;
}

/** Not part of the definition. That of an index says its storage options. */
function isBeside(name: string, kind: CatalogObject["kind"]): boolean {
  return besideDefinition.has(name) || (name === "options" && kind !== "index");
}

const besideDefinition: ReadonlySet<string> = new Set([
  "comment",
  "owner",
  "privileges",
  "enabled",
  "invalid",
  "clustered",
  "triggersDisabled",
  "partitionOf",
  "statistics",
  "tablespace",
  "accessMethod",
  "unpopulated",
]);

function attributeOf(object: CatalogObject | undefined, name: string): unknown {
  const attributes: Readonly<Record<string, unknown>> = object?.attributes ?? {};
  return attributes[name];
}
