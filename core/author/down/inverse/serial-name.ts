import { qualify, splitQualified } from "../../../catalog/quote-identifier.ts";
import { makeObjectName } from "../../../catalog/simulate/generated-names.ts";

/** What the sequence of a column (`public.users.id`) is called when nothing stands in its way. */
export function serialName(column: string): string {
  const parts = splitQualified(column);
  const [table = "", name] = parts.slice(-2);
  return qualify(...parts.slice(0, -2), makeObjectName(table, name, "seq"));
}
