import { keyOf } from "../../catalog/model.ts";
import type { TableCommand } from "../facts/table-command.ts";
import type { Report, StatementContext } from "../rule.ts";
import { insertFix } from "./insert-fix.ts";

/**
 * Adds the constraint as NOT VALID. None where the script takes one away and adds the very same again: a down that has
 * nothing to do with it would leave it NOT VALID behind.
 */
export function notValidFix(
  context: StatementContext,
  { table, range }: TableCommand,
  name: string | undefined,
): Pick<Report, "fix"> {
  const key = keyOf("constraint", `${table.key.slice("table ".length)}.${name}`);
  const [before, now] = [context.atScriptStart(key), context.after.at(key)];
  const isSame =
    before?.kind === "constraint" &&
    now?.kind === "constraint" &&
    before.attributes.definition === now.attributes.definition;
  return isSame ? {} : { fix: insertFix(context, "Add it as NOT VALID", range.end, " NOT VALID") };
}
