import { accessName, parseAccess, printAccess } from "../../catalog/access-list.ts";
import { Catalog } from "../../catalog/catalog.ts";
import { diffPairs } from "../../catalog/diff.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import type { Step } from "./replay.ts";

/** What PostgreSQL says of the schema before an up and after it. `dependsOn` is filled. */
export interface RealCatalogs {
  readonly before: readonly CatalogObject[];
  readonly after: readonly CatalogObject[];
  /** Who ran the scripts, as SQL spells it. */
  readonly user: string;
}

/** The catalogs with CURRENT_USER for whoever ran the scripts: elsewhere somebody else does. */
export function ofCurrentUser({ before, after, user }: RealCatalogs): RealCatalogs {
  const name = accessName(lastPart(user));
  const owned = (object: CatalogObject) => ofWhoeverRuns(object, user, name);
  return { before: before.map(owned), after: after.map(owned), user: whoeverRuns };
}

const whoeverRuns = "CURRENT_USER";

/** `name` is how aclitems print the user. */
function ofWhoeverRuns(object: CatalogObject, user: string, name: string): CatalogObject {
  const { privileges } = object.attributes as { readonly privileges?: readonly string[] };
  const isNamedAfter = /^(?:default privileges|user mapping)$/.test(object.kind);
  const renamed =
    isNamedAfter && object.name.startsWith(`${user} `)
      ? { ...object, name: whoeverRuns + object.name.slice(user.length) }
      : object;
  if (!privileges) return renamed;
  const as = (role: string) => (role === name ? whoeverRuns : role);
  const list = parseAccess(privileges).map((item) => ({
    ...item,
    grantee: as(item.grantee),
    grantor: as(item.grantor),
  }));
  return { ...renamed, attributes: { ...object.attributes, privileges: printAccess(list) } } as CatalogObject;
}

/**
 * The real objects, each with the place in the files where it was made: its author's text reads better than what
 * PostgreSQL prints. Only where both say the same; dynamic SQL may have changed it since.
 */
export function withOrigins(real: readonly CatalogObject[], simulated: Catalog): Catalog {
  return Catalog.of(
    real.map((after) => {
      const key = keyOf(after.kind, after.name);
      const before = simulated.at(key);
      if (!before?.origin) return after;
      const changes = diffPairs([{ key, before, after }], "after down");
      return changes.some((change) => change.class !== "benign")
        ? after
        : { ...after, origin: before.origin };
    }),
  );
}

/**
 * What the up changed without a statement that says so: under each key what stood there before. It is what a DO block or
 * a function that it called did.
 */
export function unseenChanges(
  before: Catalog,
  after: Catalog,
  steps: readonly Pick<Step, "before">[],
): Map<ObjectKey, CatalogObject | undefined> {
  const seen = new Set(steps.flatMap((step) => [...step.before.keys()]));
  const unseen = new Map<ObjectKey, CatalogObject | undefined>();
  const keys = [...before.objects(), ...after.objects()].map(({ kind, name }) => keyOf(kind, name));
  for (const key of new Set(keys)) {
    if (seen.has(key)) continue;
    const was = before.at(key);
    if (diffPairs([{ key, before: was, after: after.at(key) }], "after down", "printed").length > 0)
      unseen.set(key, was);
  }
  return unseen;
}
