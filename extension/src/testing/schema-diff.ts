import type { Change } from "#core/report/model.ts";
import { headOf, headOfLine, schemaLine, schemaText } from "../schema-line.ts";

/**
 * The schema as it should be and as it is, as two texts for the diff editor. `schema` is the expected schema as far as
 * the statements tell it, so that the difference stands among its neighbours.
 */
export function schemaDiff(
  schema: string,
  changes: readonly Change[],
): { readonly expected: string; readonly actual: string } {
  const lines = schema.split("\n").filter((line) => line !== "");
  const expected = new Map(lines.map((line) => [headOfLine(line), line]));
  const actual = new Map(expected);
  for (const { kind, object, before, after } of changes) {
    const head = headOf(kind, object);
    if (before === null) expected.delete(head);
    else expected.set(head, schemaLine(kind, object, before));
    if (after === null) actual.delete(head);
    else actual.set(head, schemaLine(kind, object, after));
  }
  return { expected: schemaText(expected.values()), actual: schemaText(actual.values()) };
}
