import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { alterBack } from "./alter-object.ts";
import { createAll } from "./create-all.ts";
import type { OriginText } from "./create-object.ts";
import { dropAll } from "./drop-all.ts";
import { isMadeAnew } from "./made-anew.ts";
import type { ProposedStatement } from "./proposed.ts";
import { viewUsers } from "./view-users.ts";

/** What stood under every key that one statement touched: undefined where there was nothing. */
export type Touched = ReadonlyMap<ObjectKey, CatalogObject | undefined>;

/**
 * Statements that take the catalog from how it is back to `before`, for the keys that a statement touched. `doomed` are
 * the objects that earlier statements of the same script made: they will be dropped anyway, with what is a part of them.
 * `replaced`: dropped and made anew under the same name, so that nothing of the former is left to be altered.
 */
export function undoStep(
  catalog: Catalog,
  before: Touched,
  doomed: ReadonlySet<ObjectKey>,
  originText: OriginText,
  replaced: ReadonlySet<ObjectKey> = new Set(),
): ProposedStatement[] {
  const made: CatalogObject[] = [];
  const gone: CatalogObject[] = [];
  const altered: { now: CatalogObject; before: CatalogObject }[] = [];
  // What is built on a view has to go before it, and comes back as it is.
  const users = new Map<ObjectKey, CatalogObject>();
  for (const [key, was] of before) {
    const now = catalog.at(key);
    const object = now ?? was;
    if (!object || isDoomed(object, key, doomed)) continue;
    if (isGenerated(object)) continue;
    if (now && was && !replaced.has(key) && !isMadeAnew(now, was)) {
      altered.push({ now, before: was });
      continue;
    }
    if (now && was) for (const user of viewUsers(catalog, now)) users.set(keyOf(user.kind, user.name), user);
    if (now) made.push(now);
    if (was) gone.push(was);
  }
  const kept = [...users].filter(([key]) => !before.has(key)).map(([, user]) => user);
  return [
    ...dropAll([...made, ...kept]),
    ...altered.flatMap(({ now, before: was }) => alterBack(catalog, now, was, originText)),
    ...createAll([...gone, ...kept], originText),
  ];
}

/** PostgreSQL makes and drops it with something else. */
function isGenerated(object: CatalogObject): boolean {
  return (
    object.kind === "constraint" &&
    (object.attributes.inherited === true || object.attributes.type === "trigger")
  );
}

/** A part of a doomed table still has to go first where it holds on to something else that is doomed (a trigger's function). */
function isDoomed(object: CatalogObject, key: ObjectKey, doomed: ReadonlySet<ObjectKey>): boolean {
  if (doomed.has(key)) return true;
  const { parent } = object;
  if (parent === undefined || !doomed.has(parent)) return false;
  return !object.dependsOn.some(({ on, type }) => type === "normal" && on !== parent && doomed.has(on));
}
