import { accessName } from "../../catalog/access-list.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";

interface Owned {
  readonly owner?: string;
  readonly privileges?: readonly string[];
}

/**
 * Is the only difference that the down names an owner? Before, that was whoever ran the migrations; a down that was taken
 * from a dump says who.
 */
export function namesOwner({ catalog, start, afterUp }: MigrationContext, { kind, object }: Change): boolean {
  const key: ObjectKey = `${kind} ${object}`;
  const [before, between, after] = [
    catalog.atSavepoint(start, key),
    catalog.atSavepoint(afterUp, key),
    catalog.at(key),
  ].map(ownedBy);
  if (!before || after?.owner === undefined || before.owner !== undefined) return false;
  // What the up gave away, the down has not taken back.
  if (between?.owner === after.owner) return false;
  return before.rest === after.rest;
}

/** The owner, and all else as if the object belonged to whoever runs the scripts. */
function ownedBy(object: CatalogObject | undefined) {
  if (!object) return undefined;
  const { owner, privileges, ...rest } = object.attributes as Owned;
  const name = owner === undefined ? "CURRENT_USER" : accessName(lastPart(owner));
  const granted = privileges?.map((item) =>
    item
      .split(/(?<=^[^=]*)=|\//)
      .map((part) => (part === name ? "CURRENT_USER" : part))
      .join(" "),
  );
  return { owner, rest: JSON.stringify([rest, granted]) };
}
