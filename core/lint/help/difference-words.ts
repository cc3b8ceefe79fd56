import type { ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";

/** What differs after the down, as the title of a finding. */
export function differenceWords(context: MigrationContext, changes: readonly Change[]): string {
  const [first, ...more] = changes;
  const names = listed(changes.map(nameOf));
  const one = more.length === 0;
  if (changes.every(({ before }) => before === null)) return `the down leaves ${names} behind`;
  if (changes.every(({ after }) => after === null))
    return `${names} ${one ? "was" : "were"} there before the up and ${one ? "is" : "are"} missing after the down`;
  if (one && first) return `after the down ${first.words}`;
  const parents = new Set(changes.map((change) => parentOf(context, change)));
  const [parent] = parents;
  return parents.size === 1 && parent !== undefined
    ? `after the down ${plainKey(parent)} differs in ${names}`
    : `after the down ${changes.length} things are not as before: ${names}`;
}

function nameOf({ kind, object }: Change): string {
  return `${kind} ${plainName(object)}`;
}

/** The whole that a changed object is a part of. */
function parentOf(context: MigrationContext, { kind, object }: Change): ObjectKey | undefined {
  const key = `${kind} ${object}`;
  return (context.catalog.at(key) ?? context.catalog.atSavepoint(context.start, key))?.parent;
}

function plainKey(key: ObjectKey): string {
  return key.replace(" public.", " ");
}

/** Three by name; the others stand below. */
function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const last = shown.at(-1) ?? "";
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${last}` : last;
}
