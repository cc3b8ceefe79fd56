import type { AlterTableCmd } from "@pgsql/types";
import type { ParsedSql, Statement } from "../../sql/statement.ts";
import { commandRanges, type TextRange } from "./command-ranges.ts";
import { commandsOf } from "./later-commands.ts";

/** What a finding underlines: the subcommand of an ALTER TABLE with several, 0-based; else the whole statement. */
export function commandPlace(
  { text }: ParsedSql,
  statement: Statement,
  command: number | undefined,
): TextRange {
  const whole = { start: statement.start, end: statement.end };
  const { length } = commandsOf(statement.node);
  if (command === undefined || length < 2) return whole;
  return commandRanges(text, statement, length)?.[command] ?? whole;
}

/** The first subcommand that is meant. */
export function placeOfCommand(
  parsed: ParsedSql,
  statement: Statement,
  isMeant: (command: AlterTableCmd) => boolean,
): TextRange {
  const index = commandsOf(statement.node).findIndex(isMeant);
  return commandPlace(parsed, statement, index < 0 ? undefined : index);
}
