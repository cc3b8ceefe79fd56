import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";
import { type Place, placeOf } from "./change-place.ts";

export interface PlacedChanges {
  readonly place: Place;
  readonly changes: readonly Change[];
}

/** A table has one primary key: the one that is missing comes back only after the one that is left went. */
function keyThatIsLeft(
  { catalog, start }: MigrationContext,
  changes: readonly Change[],
  lost: Change,
): Change | undefined {
  const key = `${lost.kind} ${lost.object}`;
  const was = lost.after === null ? catalog.atSavepoint(start, key) : undefined;
  if (was?.kind !== "constraint" || was.attributes.type !== "primary key") return undefined;
  return changes.find(({ kind, object, before }) => {
    if (before !== null) return false;
    const left = catalog.at(`${kind} ${object}`);
    return (
      left?.kind === "constraint" && left.attributes.type === "primary key" && left.parent === was.parent
    );
  });
}

/** What one statement made, took or changed is one cause, and one finding. */
export function changesByPlace(context: MigrationContext, changes: readonly Change[]): PlacedChanges[] {
  const places = new Map<string, { readonly place: Place; readonly changes: Change[] }>();
  for (const change of changes) {
    const place = placeOf(context, keyThatIsLeft(context, changes, change) ?? change);
    const key = `${place.script.script.file.path}:${place.at.start}`;
    const known = places.get(key);
    if (known) known.changes.push(change);
    else places.set(key, { place, changes: [change] });
  }
  return [...places.values()];
}
