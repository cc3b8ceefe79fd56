import { deleteRows, insertedRows } from "../../author/down/inserted-rows.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { Effect } from "../../catalog/simulate/outcome.ts";
import type { Statement } from "../../sql/statement.ts";
import type { MigrationContext } from "../rule.ts";
import { isDoubtful } from "./sure-failure.ts";

/** An INSERT of the up that fails when the up is run again: its rows are there still. */
export interface RowsLeft {
  readonly statement: Statement;
  readonly table: ObjectKey;
  /** What the down lacks, where the rows are few. */
  readonly remove?: string;
}

/** Only where it is certain: constants of a key, in a table that was there before, and nothing takes rows out of it. */
export function rowsLeft(context: MigrationContext): RowsLeft | undefined {
  const { up, down, catalog, start } = context;
  if (!up || !down) return undefined;
  const effects = [...up.steps, ...down.steps].flatMap(({ outcome }) => outcome.effects);
  for (const { statement, outcome } of up.steps) {
    const { node } = statement;
    const [write] = outcome.effects;
    if (!("InsertStmt" in node) || write?.action !== "write") continue;
    const { key: table } = write;
    if (catalog.atSavepoint(start, table) === undefined || isDoubtful(context, table)) continue;
    const rows = insertedRows(catalog, table, node.InsertStmt);
    if (!rows || effects.some((effect) => mayTakeRows(context, effect, table))) continue;
    const remove = deleteRows(table, rows);
    return { statement, table, ...(remove !== undefined && { remove }) };
  }
  return undefined;
}

/** Rows that are deleted of another table may take along those that refer to them. */
function mayTakeRows({ catalog, start }: MigrationContext, effect: Effect, table: ObjectKey): boolean {
  if (effect.action === "write")
    return effect.verb === "update" ? effect.key === table : effect.verb !== "insert";
  if (effect.action !== "drop" && effect.action !== "rename") return false;
  if (effect.key === table) return true;
  const isKey = /^(?:constraint|index|trigger|rule) /.test(effect.key);
  return isKey && catalog.atSavepoint(start, effect.key)?.parent === table;
}
