import { readable } from "../../author/down/inverse/readable.ts";
import { shorten } from "../../author/down/inverse/shorten.ts";
import { undoStep } from "../../author/down/inverse/undo-step.ts";
import { isPartOf } from "../../catalog/diff.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { Change } from "../../report/model.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";

/** A finding shows no more lines of SQL than are read at a glance. */
const mostLines = 6;

/**
 * What to write at the end of a down that lost or changed something: the inverse, as `switchback down` proposes it. Nothing
 * where the down itself took or made it, because then its own statement is what has to be mended.
 */
export function bringBack(
  context: MigrationContext,
  script: SimulatedScript,
  changes: readonly Change[],
): string | undefined {
  const { catalog, start, down, migration } = context;
  const own = new Set(changes.map(({ kind, object }) => `${kind} ${object}`));
  const lost = new Set(
    changes.filter(({ after }) => after === null).map(({ kind, object }) => `${kind} ${object}`),
  );
  if (script === down || [...own].some((key) => isAssumed(context, key))) return undefined;
  const touched = new Map(
    [...catalog.since(start)].filter(([key, was]) => own.has(key) || (was && isPartOf(was, lost))),
  );
  const inDown = new Set(down?.steps.flatMap(({ outcome }) => outcome.effects.map(({ key }) => key)) ?? []);
  if ([...touched.keys()].some((key) => inDown.has(key))) return undefined;
  // The body of a routine is not in the catalog as it was written.
  if ([...own].some((key) => /^(function|procedure) /.test(key))) return undefined;
  const statements = undoStep(catalog, touched, new Set(), () => undefined);
  if (statements.length === 0 || statements.some(({ confidence }) => confidence === "cannot"))
    return undefined;
  const lines = statements.flatMap(({ sql, note }) =>
    readable(shorten(`${note === undefined ? "" : `-- ${note}\n`}${sql};`)).split("\n"),
  );
  if (lines.length > mostLines) return `switchback down ${migration.version} proposes what is missing`;
  return `end the down with\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

/** No file makes it, or what it is a part of, so nobody knows how it was. */
function isAssumed({ catalog, start, isAssumed: is }: MigrationContext, key: ObjectKey): boolean {
  const parent = (catalog.atSavepoint(start, key) ?? catalog.at(key))?.parent;
  return is(key) || (parent !== undefined && is(parent));
}
