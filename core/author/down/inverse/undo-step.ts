import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { alterBack } from "./alter-object.ts";
import { createAll } from "./create-all.ts";
import { dropAll } from "./drop-all.ts";
import { isMadeAnew } from "./made-anew.ts";
import type { OriginText } from "./origin-text.ts";
import type { ProposedStatement } from "./proposed.ts";
import { usersOf } from "./users-of.ts";

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
  // What is built on something that is made anew has to go before it, and comes back as it is.
  const users = new Map<ObjectKey, CatalogObject>();
  const detached = new Set(
    [...before].filter(([key, was]) => isAttached(catalog.at(key), was)).map(([key]) => key),
  );
  const ofDetached = ({ parent }: CatalogObject) => parent !== undefined && detached.has(parent);
  for (const [key, was] of before) {
    const now = catalog.at(key);
    const object = now ?? was;
    if (!object) continue;
    if (isDoomed(object, key, doomed)) {
      if (now && was && holdsMore(now, was, doomed)) made.push(now);
      continue;
    }
    if (isGenerated(object) && !ofDetached(object)) continue;
    if (now && was && !replaced.has(key) && !isMadeAnew(now, was)) {
      altered.push({ now, before: was });
      continue;
    }
    if (now && was) for (const user of usersOf(catalog, now)) users.set(keyOf(user.kind, user.name), user);
    if (now) made.push(now);
    if (was) gone.push(was);
  }
  const kept = [...users].filter(([key]) => !before.has(key)).map(([, user]) => user);
  const back = (pairs: typeof altered) =>
    pairs.flatMap(({ now, before: was }) => alterBack(catalog, now, was, originText));
  // A publication may be told again of what has to be there first.
  const lists = altered.filter(isPublication);
  const wholes = altered.filter(({ now }) => detached.has(keyOf(now.kind, now.name)));
  return [
    ...dropAll([...made.filter((object) => !ofDetached(object)), ...kept]),
    ...back(wholes),
    // What a partition got from its whole stays with it, and cannot go before.
    ...dropAll(made.filter(ofDetached)),
    ...back(altered.filter((pair) => !lists.includes(pair) && !wholes.includes(pair))),
    ...createAll([...gone, ...kept], originText),
    ...back(lists),
  ];
}

/** Has a table become a partition? */
function isAttached(now: CatalogObject | undefined, was: CatalogObject | undefined): boolean {
  if (now?.kind !== "table" || was?.kind !== "table") return false;
  return now.attributes.partitionOf !== undefined && was.attributes.partitionOf === undefined;
}

function isPublication({ now }: { readonly now: CatalogObject }): boolean {
  return now.kind === "publication";
}

/** Does something that will be dropped use, since this step, something else that will be dropped before it? */
function holdsMore(now: CatalogObject, was: CatalogObject, doomed: ReadonlySet<ObjectKey>): boolean {
  const had = new Set(was.dependsOn.map(({ on }) => on));
  return now.dependsOn.some(({ on, type }) => type === "normal" && !had.has(on) && doomed.has(on));
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
