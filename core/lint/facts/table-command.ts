import type { AlterTableCmd, AlterTableStmt } from "@pgsql/types";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Lock, Outcome } from "../../catalog/simulate/outcome.ts";
import type { StatementContext } from "../rule.ts";
import { commandRanges, type TextRange } from "./command-ranges.ts";
import { isEmptied } from "./emptied.ts";
import { type ExistingTable, existingTable } from "./existing-table.ts";
import { onceForEach } from "./once-for-each.ts";

/** One subcommand of an ALTER TABLE on a table that others use. */
export interface TableCommand {
  readonly command: AlterTableCmd;
  /** 0-based, as written. */
  readonly index: number;
  readonly table: ExistingTable;
  /** What it takes on the table itself; where that holds no rows any more, without work. */
  readonly lock: Lock;
  /** Where it stands in the file. */
  readonly range: TextRange;
  /** What a finding underlines: the whole statement where it has no other subcommand. */
  readonly place: TextRange;
}

/**
 * The subcommands that run, and are not passed over for their IF [NOT] EXISTS: none where the table is new, temporary or missing, or where the statement would fail
 * (which is for others to say).
 */
export const tableCommands: (context: StatementContext) => readonly TableCommand[] =
  onceForEach(readCommands);

/** What a finding about several of them underlines. */
export function placeOf(found: readonly TableCommand[]): TextRange {
  return { start: found[0]?.place.start ?? 0, end: found.at(-1)?.place.end ?? 0 };
}

function readCommands(context: StatementContext): TableCommand[] {
  const { statement, outcome, parsed } = context;
  if (!("AlterTableStmt" in statement.node) || outcome.failure) return [];
  const alter: AlterTableStmt = statement.node.AlterTableStmt;
  const relation = alter.relation?.relname ?? "";
  const own = outcome.locks.find(
    ({ key }) => key.startsWith("table ") && lastPart(key.slice("table ".length)) === relation,
  );
  const table = own && existingTable(context, own.key);
  if (!table) return [];
  const commands = alter.cmds ?? [];
  const whole = { start: statement.start, end: statement.end };
  // Only a finding asks for a place, most statements have none, and the text must be taken apart for it.
  let ranges: readonly TextRange[] | undefined;
  const rangeOf = (index: number) => {
    ranges ??= commandRanges(parsed.text, statement, commands.length) ?? [];
    return ranges[index] ?? whole;
  };
  const isIdle = outcome.locks.some(({ scan, rewrite }) => scan || rewrite) && isEmptied(context, table.key);
  return commands.flatMap((node, index) => {
    const taken = outcome.locks.find((it) => it.command === index && it.key === table.key);
    if (!("AlterTableCmd" in node) || !taken || isPassedOver(outcome, table, node.AlterTableCmd)) return [];
    const { scan: _, rewrite: __, ...bare } = taken;
    const lock = isIdle ? bare : taken;
    return [
      {
        command: node.AlterTableCmd,
        index,
        table,
        lock,
        get range() {
          return rangeOf(index);
        },
        get place() {
          return commands.length === 1 ? whole : rangeOf(index);
        },
      },
    ];
  });
}

/** ADD COLUMN IF NOT EXISTS of a column that is there. */
function isPassedOver(
  { skipped }: Outcome,
  { key }: ExistingTable,
  { def, missing_ok }: AlterTableCmd,
): boolean {
  if (!missing_ok || !def || !("ColumnDef" in def)) return false;
  const table = key.slice("table ".length);
  return skipped.includes(`column ${table}.${quoteIdentifier(def.ColumnDef.colname ?? "")}`);
}
