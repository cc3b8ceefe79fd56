import { readable } from "../../author/down/inverse/readable.ts";
import { shorten } from "../../author/down/inverse/shorten.ts";
import { undoStep } from "../../author/down/inverse/undo-step.ts";
import { addToList } from "../../catalog/add-to-list.ts";
import { wholesOf } from "../../catalog/diff.ts";
import { differingAttributes } from "../../catalog/differing-attributes.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import type { Change } from "../../report/model.ts";
import type { Place } from "../facts/change-place.ts";
import { effectsOn } from "../facts/effects-on.ts";
import { onceForEach } from "../facts/once-for-each.ts";
import type { MigrationContext } from "../rule.ts";

/** A finding shows no more lines of SQL than are read at a glance. */
const mostLines = 6;

/** What no CREATE says: it has a statement of its own, which the down forgot. */
const saidApart: ReadonlySet<string> = new Set([
  "privileges",
  "comment",
  "rowSecurity",
  "forceRowSecurity",
  "replicaIdentity",
  "triggersDisabled",
  "enabled",
  "clustered",
]);

/**
 * What to write at the end of a down that lost or changed something: the inverse, as `switchback down` proposes it. Nothing
 * where the down itself took it or made it otherwise, because then its own statement is what has to be mended.
 */
export function bringBack(
  context: MigrationContext,
  { script, isRemade }: Place,
  changes: readonly Change[],
): string | undefined {
  const { catalog, start, down, migration } = context;
  const own = new Set(changes.map(({ kind, object }) => `${kind} ${object}`));
  const lost = new Set(
    changes.filter(({ after }) => after === null).map(({ kind, object }) => `${kind} ${object}`),
  );
  if (script === down && !changes.every((change) => isForgotten(context, isRemade === true, change)))
    return undefined;
  if ([...own].some((key) => isAssumed(context, key))) return undefined;
  const touched = new Map([
    ...[...own]
      .filter((key) => catalog.isTouched(start, key))
      .map((key) => [key, catalog.atSavepoint(start, key)] as const),
    ...[...lost].flatMap((whole) => touchedParts(context).get(whole) ?? []),
  ]);
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

type Part = readonly [key: ObjectKey, was: CatalogObject];

/** What was touched since the start of the migration, under that which it was part of. */
const touchedParts = onceForEach(
  ({ catalog, start }: MigrationContext): ReadonlyMap<ObjectKey, readonly Part[]> => {
    const parts = new Map<ObjectKey, Part[]>();
    for (const [key, was] of catalog.since(start))
      if (was) for (const whole of wholesOf(was)) addToList(parts, whole, [key, was]);
    return parts;
  },
);

/** Is it missing, or without what it has from a statement of its own? */
function isForgotten(context: MigrationContext, isRemade: boolean, change: Change): boolean {
  const { catalog, start, up } = context;
  const key = `${change.kind} ${change.object}`;
  // The down has to take what the up made of it.
  if (change.after === null)
    return (
      isRemade ||
      effectsOn(up?.steps ?? [], key).some(({ effect }) => effect.key === key && effect.action !== "alter")
    );
  if (!isRemade) return false;
  const [was, is] = [catalog.atSavepoint(start, key), catalog.at(key)];
  return (
    was !== undefined && is !== undefined && differingAttributes(was, is).every((it) => saidApart.has(it))
  );
}

/** No file makes it, or what it is a part of, so nobody knows how it was. */
function isAssumed({ catalog, start, isAssumed: is }: MigrationContext, key: ObjectKey): boolean {
  const parent = (catalog.atSavepoint(start, key) ?? catalog.at(key))?.parent;
  return is(key) || (parent !== undefined && is(parent));
}
