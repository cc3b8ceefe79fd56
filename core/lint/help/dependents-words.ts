import { describeKey } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import type { Statement } from "../../sql/statement.ts";
import { commandsOf } from "../facts/later-commands.ts";

/** What PostgreSQL says with 2BP01: that others stand in the way. Nothing depends on a role: it owns things, or they name it. */
export function dependentsWords(
  statement: Statement,
  key: ObjectKey,
  dependents: readonly { readonly key: ObjectKey }[],
): { readonly message: string; readonly label: string } {
  const [first, ...others] = dependents.map((it) => describeKey(it.key));
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const name = describeKey(key);
  if (key.startsWith("role "))
    return {
      message: `${name} cannot be dropped here: ${first}${more} still belongs to it or grants it something`,
      label: `${first} names it`,
    };
  return {
    message: changesType(statement, key)
      ? `the type of ${name} cannot be changed here: ${first}${more} still depends on it`
      : `${name} cannot be dropped here: ${first}${more} still depends on it`,
    label: `${first} needs it`,
  };
}

/** Is it the type of the column that is to change? */
export function changesType({ node }: Statement, key: ObjectKey): boolean {
  return (
    key.startsWith("column ") &&
    commandsOf(node).some(({ subtype, name }) => subtype === "AT_AlterColumnType" && name === lastPart(key))
  );
}
