import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../../catalog/model.ts";
import { alterBack } from "./alter-object.ts";
import { detachIndex } from "./attached-index.ts";
import { type Altered, besideParent } from "./beside-parent.ts";
import { createAll } from "./create-all.ts";
import { detachFirst } from "./detach-first.ts";
import { dropAll } from "./drop-all.ts";
import { isMadeAnew } from "./made-anew.ts";
import type { OriginText } from "./origin-text.ts";
import type { ProposedStatement } from "./proposed.ts";
import { usersOf } from "./users-of.ts";
import { besideView, isViewColumn } from "./view-column.ts";

/** What stood under every key that one statement touched: undefined where there was nothing. */
export type Touched = ReadonlyMap<ObjectKey, CatalogObject | undefined>;

/** What the statement says that the two states do not. */
export interface StepClues {
  /** Dropped and made anew under the same name, so that nothing of the former is left to be altered. */
  readonly replaced?: ReadonlySet<ObjectKey>;
  /** Columns that went from one kind of timestamp to the other, with the constant of their AT TIME ZONE. */
  readonly zones?: ReadonlyMap<ObjectKey, string>;
}

/**
 * Statements that take the catalog from how it is back to `before`, for the keys that a statement touched. `doomed` are
 * the objects that earlier statements of the same script made: they will be dropped anyway, with what is a part of them.
 */
export function undoStep(
  catalog: Catalog,
  before: Touched,
  doomed: ReadonlySet<ObjectKey>,
  originText: OriginText,
  { replaced = new Set(), zones = new Map() }: StepClues = {},
): ProposedStatement[] {
  const made: CatalogObject[] = [];
  const gone: CatalogObject[] = [];
  const altered: Altered[] = [];
  const stays: ProposedStatement[] = [];
  // What is built on something that is made anew has to go before it, and comes back as it is.
  const users = new Map<ObjectKey, CatalogObject>();
  const detached = new Set(
    [...before].filter(([key, was]) => isAttached(catalog.at(key), was)).map(([key]) => key),
  );
  const ofDetached = ({ parent }: CatalogObject) => parent !== undefined && detached.has(parent);
  for (const [key, was] of before) {
    const now = catalog.at(key);
    const object = now ?? was;
    // What is temporary goes with the session.
    if (!object || object.name.startsWith("pg_temp.")) continue;
    const attached = detachIndex(catalog, now, was, before, doomed);
    if (attached) {
      made.push(...attached.drop);
      gone.push(...attached.create);
      stays.push(...attached.cannot);
      continue;
    }
    if (isDoomed(catalog, object, key, doomed) || (!was && isOwnedByDoomed(object, catalog, doomed))) {
      if (now && was && holdsMore(now, was, doomed)) made.push(now);
      continue;
    }
    if (isGenerated(object) && !ofDetached(object)) continue;
    if (isViewColumn(object)) {
      altered.push(...besideView(catalog, before, now, was));
      continue;
    }
    if (now && was && !replaced.has(key) && !isMadeAnew(now, was)) {
      altered.push({ now, before: was });
      continue;
    }
    if (now && was) for (const user of usersOf(catalog, now)) users.set(keyOf(user.kind, user.name), user);
    if (now) made.push(now);
    if (was) gone.push(was);
  }
  const kept = [...users].filter(([key]) => !before.has(key)).map(([, user]) => user);
  const sequences = new Map(
    gone.flatMap((it) => (it.kind === "sequence" ? [[it.attributes.ownedBy, it]] : [])),
  );
  const back = (pairs: typeof altered) =>
    pairs.flatMap(({ now, before: was }) => {
      const [sequence, zone] = [sequences.get(was.name), zones.get(keyOf(was.kind, was.name))];
      const clues = { ...(sequence && { sequence }), ...(zone !== undefined && { zone }) };
      return alterBack(catalog, now, was, originText, clues);
    });
  const missing = new Set(gone.map(({ kind, name }) => keyOf(kind, name)));
  // A publication may be told again of what has to be there first; a default may call a sequence.
  const needsMissing = (pair: (typeof altered)[number]) =>
    isPublication(pair) ||
    missing.has(pair.before.parent ?? "") ||
    pair.before.dependsOn.some(({ on }) => missing.has(on));
  const changed = altered.map((pair) => besideParent(catalog, pair, altered));
  const late = changed.filter(needsMissing);
  const wholes = changed.filter(({ now }) => detached.has(keyOf(now.kind, now.name)));
  return [
    ...stays,
    ...detachFirst(catalog, made),
    ...dropAll([...made.filter((object) => !ofDetached(object)), ...kept]),
    ...back(wholes),
    // What a partition got from its whole stays with it, and cannot go before.
    ...dropAll(made.filter(ofDetached)),
    ...back(changed.filter((pair) => !late.includes(pair) && !wholes.includes(pair))),
    ...createAll(catalog, [...gone, ...kept], originText),
    ...back(late.filter((pair) => !wholes.includes(pair))),
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

/** PostgreSQL makes and drops it with something else: the triggers of partitions with that of the whole. */
function isGenerated(object: CatalogObject): boolean {
  if (object.kind === "trigger") return object.dependsOn.some(({ on }) => on.startsWith("trigger "));
  return (
    object.kind === "constraint" &&
    (object.attributes.inherited === true || object.attributes.type === "trigger")
  );
}

/** The sequence of a column that came to a doomed table later. */
function isOwnedByDoomed(
  { kind, dependsOn }: CatalogObject,
  catalog: Catalog,
  doomed: ReadonlySet<ObjectKey>,
): boolean {
  if (kind !== "sequence") return false;
  return dependsOn.some(({ on, type }) => type !== "normal" && doomed.has(catalog.at(on)?.parent ?? ""));
}

/** A part of a doomed table still has to go first where it holds on to something else that is doomed (a trigger's function). */
function isDoomed(
  catalog: Catalog,
  object: CatalogObject,
  key: ObjectKey,
  doomed: ReadonlySet<ObjectKey>,
): boolean {
  if (doomed.has(key)) return true;
  const { parent } = object;
  if (parent === undefined || !doomed.has(parent)) return false;
  // Columns of the table itself go with it.
  const isElsewhere = (on: ObjectKey) => on !== parent && catalog.at(on)?.parent !== parent;
  return !object.dependsOn.some(({ on, type }) => type === "normal" && isElsewhere(on) && doomed.has(on));
}
