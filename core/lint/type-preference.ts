import { quoteIdentifier } from "../catalog/quote-identifier.ts";
import type { NewColumn } from "./new-columns.ts";
import { isArray, newColumns, withoutBrackets } from "./new-columns.ts";
import type { StatementContext } from "./rule.ts";

/** What to say of a column whose type has a better one, and the text of that type. */
export interface Preference {
  readonly message: string;
  readonly label: string;
  readonly type: string;
}

/** Reports each new column that `judge` has a better type for, with the fix that writes it. */
export function preferTypes(
  context: StatementContext,
  judge: (column: NewColumn, written: string) => Preference | undefined,
): void {
  const { text } = context.parsed;
  for (const column of newColumns(context)) {
    const place = isArray(column) ? withoutBrackets(text, column.range) : column.range;
    const named = { ...column, name: quoteIdentifier(column.name) };
    const found = judge(named, text.slice(place.start, place.end));
    if (!found) continue;
    const { type, ...report } = found;
    context.report({
      ...place,
      ...report,
      help: `write ${type}`,
      fix: {
        title: `Use ${type}`,
        edits: [{ kind: "replace", file: context.script.file.path, ...place, text: type }],
      },
    });
  }
}
