import type { Node } from "@pgsql/types";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { ParsedSql } from "../../sql/statement.ts";
import type { NewColumn } from "../facts/new-columns.ts";
import { isArray, newColumns, withoutBrackets } from "../facts/new-columns.ts";
import { onceForEach } from "../facts/once-for-each.ts";
import type { StatementContext } from "../rule.ts";

/** What to say of a column whose type has a better one, and the text of that type. */
export interface Preference {
  readonly message: string;
  readonly label: string;
  readonly type: string;
  /** Does the default mean the same in the better type? (Default: yes.) */
  fitsDefault?(value: Node): boolean;
  /** Expressions on the column may not take the better type, or give something else. */
  readonly mindsExpressions?: true;
}

/** Reports each new column that `judge` has a better type for, with the fix that writes it where nothing else changes. */
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
    const { type, fitsDefault, mindsExpressions, ...report } = found;
    const value = defaultOf(column);
    const fits = value === undefined || (fitsDefault?.(value) ?? true);
    const isFixed = fits && !column.changes && !(mindsExpressions && isUsed(column.name, context));
    context.report({
      ...place,
      ...report,
      help: fits ? `write ${type}` : `write ${type}, and a default that fits it`,
      ...(isFixed && {
        fix: {
          title: `Use ${type}`,
          edits: [{ kind: "replace", file: context.script.file.path, ...place, text: type }],
        },
      }),
    });
  }
}

function defaultOf({ def }: NewColumn): Node | undefined {
  for (const node of def.constraints ?? [])
    if ("Constraint" in node && node.Constraint.contype === "CONSTR_DEFAULT") return node.Constraint.raw_expr;
  return undefined;
}

/** Does an expression of the script name a column like it? */
function isUsed(name: string, { parsed }: StatementContext): boolean {
  return columnNames(parsed).has(name);
}

const columnNames = onceForEach(({ statements }: ParsedSql): ReadonlySet<string> => {
  const names = new Set<string>();
  walk(
    statements.map(({ node }) => node),
    (node) => {
      const last = "ColumnRef" in node ? node.ColumnRef.fields?.at(-1) : undefined;
      if (last && "String" in last) names.add(last.String.sval ?? "");
      return undefined;
    },
  );
  return names;
});
