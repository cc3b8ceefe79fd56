import { Catalog } from "../../../catalog/catalog.ts";
import type { CatalogObject } from "../../../catalog/model.ts";
import { Simulation } from "../../../catalog/simulate/simulation.ts";
import { parseSql } from "../../../sql/parse.ts";
import type { OriginText } from "./origin-text.ts";

/** The author's text of a routine, while it still says what the routine is: it may have been renamed or altered since. */
export function writtenRoutine(
  object: CatalogObject<"function" | "procedure">,
  originText: OriginText,
): string | undefined {
  const text = originText(object);
  const made = text === undefined ? undefined : madeBy(text, object.kind);
  return made && sameText(made.name, object.name) && sameText(made.definition, object.attributes.definition)
    ? text
    : undefined;
}

function madeBy(text: string, kind: "function" | "procedure") {
  const parsed = parseSql(text);
  const [statement] = parsed.statements;
  if (!statement) return undefined;
  const simulation = new Simulation(new Catalog(), { postgres: 18 });
  simulation.apply(parsed, statement, { migration: "", file: "", start: 0, end: 0 });
  for (const made of simulation.catalog.objects())
    if (made.kind === kind) return { name: made.name, definition: made.attributes.definition };
  return undefined;
}

/** Without its surroundings a type of the schema public is one that nobody knows. */
function sameText(a: string, b: string): boolean {
  const bare = (text: string) => text.replaceAll(/\bpublic\./g, "");
  return bare(a) === bare(b);
}
