import { shorten } from "../../author/down/inverse/shorten.ts";
import { undoRename } from "../../author/down/inverse/undo-rename.ts";
import { nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Change } from "../../report/model.ts";
import { notAgain } from "../../report/verdict-words.ts";
import { placeOf } from "../facts/change-place.ts";
import { makerOf } from "../facts/made-by.ts";
import { madeOnce } from "../facts/made-once.ts";
import { type RenamedForGood, renamedForGood } from "../facts/renamed-for-good.ts";
import { rowsLeft } from "../facts/rows-left.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";

/** Says what the down leaves that does no harm by itself, and stops the up when it runs again: the first that there is. */
export function reportNotAgain(
  context: MigrationContext,
  up: SimulatedScript,
  changes: readonly Change[],
): void {
  const renamed = renamedForGood(context, changes);
  const once = madeOnce(context, changes);
  if (renamed) reportRenamed(context, renamed);
  else if (once) reportMadeOnce(context, once);
  else reportRows(context, up);
}

function reportRenamed(context: MigrationContext, { change, effect }: RenamedForGood): void {
  const now = renamedKey(context, change);
  const made = now === undefined ? undefined : makerOf(context.down?.steps ?? [], now);
  const { script, at } = placeOf(context, change);
  const name = quoteIdentifier(lastPart(change.object));
  const back =
    now === undefined ? undefined : undoRename(`${change.kind} ${change.object}`, now, context.catalog);
  context.report((made && context.down ? context.down : script).script, {
    message: `${change.words.replace(/ down$/, " the down")}, ${effect}`,
    ...(made ? { start: made.statement.start, end: made.statement.end, label: "made again here" } : at),
    help: made
      ? `call it ${name} in the down`
      : `give it its old name back in the down${back?.confidence === "exact" ? `\n  ${shorten(back.sql)};` : ""}`,
    ...(change.before !== change.after && { changes: [change] }),
  });
}

/** What a constraint or an index is called by then. */
function renamedKey({ catalog }: MigrationContext, { kind, object, words }: Change): ObjectKey | undefined {
  const name = / is called (.+) after down$/.exec(words)?.[1];
  const whole = /^(.+)\.(?:"(?:[^"]|"")*"|[^."]+)$/.exec(object)?.[1];
  if (name === undefined || whole === undefined) return undefined;
  const key = `${kind} ${whole}.${quoteIdentifier(name)}`;
  return catalog.has(key) ? key : undefined;
}

function reportMadeOnce(context: MigrationContext, change: Change): void {
  const { script, at } = placeOf(context, change);
  const { kind, object } = change;
  context.report(script.script, {
    message: `the down leaves ${kind} ${object} behind, ${notAgain}`,
    ...at,
    help:
      kind === "extension"
        ? `say CREATE EXTENSION IF NOT EXISTS ${object} in the up, or drop it in the down`
        : `drop it in the down\n  DROP ROLE ${object};\nor, where other databases use it, make it in the up only where it is missing\n  DO $$ BEGIN CREATE ROLE ${object}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
  });
}

function reportRows(context: MigrationContext, up: SimulatedScript): void {
  const left = rowsLeft(context);
  if (!left) return;
  const { start, end } = left.statement;
  context.report(up.script, {
    message: `the down leaves the rows that are inserted into ${plainName(nameIn(left.table))}, ${notAgain}`,
    start,
    end,
    label: "these rows are there already",
    help: left.remove
      ? `delete them in the down\n  ${shorten(left.remove)};`
      : "delete them in the down, or let the INSERT pass over them with ON CONFLICT DO NOTHING",
  });
}
