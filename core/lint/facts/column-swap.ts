import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { StatementContext } from "../rule.ts";

/** Does a column that an earlier migration made get this name further down in the script? Then the name, and its values, live on. */
export function isReplaced(context: StatementContext, table: ObjectKey, column: string): boolean {
  const name = table.slice("table ".length);
  return context.parsed.statements.some(({ index, node }) => {
    if (index <= context.statement.index || !("RenameStmt" in node)) return false;
    const { renameType, relation, subname = "", newname } = node.RenameStmt;
    if (renameType !== "OBJECT_COLUMN" || newname !== column || relation?.relname !== lastPart(name))
      return false;
    return context.existedBefore(`column ${name}.${quoteIdentifier(subname)}`);
  });
}

/** Was there a column of this name until an earlier statement of the script dropped or renamed it? */
export function takesItsPlace(context: StatementContext, table: ObjectKey, column: string): boolean {
  const key = `column ${table.slice("table ".length)}.${quoteIdentifier(column)}`;
  return (
    context.existedBefore(key) &&
    context.earlier.some(({ outcome }) =>
      outcome.effects.some(
        (effect) => (effect.action === "drop" || effect.action === "rename") && effect.key === key,
      ),
    )
  );
}
