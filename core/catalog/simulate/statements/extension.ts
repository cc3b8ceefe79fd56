import type { AlterExtensionContentsStmt } from "@pgsql/types";
import { type CatalogObject, keyOf } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { dependentText, withDependents } from "../extension-dependents.ts";
import type { Handlers } from "../handlers.ts";
import type { World } from "../world.ts";
import { resolve } from "./drop.ts";

/** What belongs to an extension, or falls with it. */
export const extensionHandlers: Handlers = { AlterExtensionContentsStmt: changeMember };

/** ALTER EXTENSION … ADD, DROP: a member goes with its extension, and cannot be dropped by itself. */
function changeMember(
  world: World,
  { extname = "", action, object, objtype }: AlterExtensionContentsStmt,
): void {
  const on = keyOf("extension", quoteIdentifier(extname));
  if (!object || !objtype || !world.catalog.has(on)) return;
  const { found, expected } = resolve(world, object, objtype);
  const [key] = found;
  const member = key === undefined ? undefined : world.catalog.at(key);
  if (!member) {
    if (!world.mayAssume(expected)) world.fail({ reason: "missing", key: expected });
    return;
  }
  const { extension, ...attributes } = member.attributes as { readonly extension?: string };
  const adds = action !== -1;
  if (adds && extension !== undefined) {
    world.fail({
      reason: "refused",
      key: keyOf(member.kind, member.name),
      condition: "object_not_in_prerequisite_state",
      why: `${member.kind} ${member.name} belongs to extension ${extension} already`,
      help: "leave it out, or let the down take it from the extension",
    });
    return;
  }
  const others = member.dependsOn.filter((link) => link.on !== on || link.type !== "extension");
  world.alter({
    ...member,
    attributes: adds ? { ...attributes, extension: quoteIdentifier(extname) } : attributes,
    dependsOn: adds ? [...others, { on, type: "extension" }] : others,
  } as CatalogObject);
}

/** DEPENDS ON EXTENSION: it goes with the extension from then on, which is noted there. */
export function dependOnExtension(
  world: World,
  object: CatalogObject,
  extension: string,
  remove: boolean,
): void {
  const on = keyOf("extension", quoteIdentifier(extension));
  const found = world.catalog.get("extension", quoteIdentifier(extension));
  if (!found) return;
  const others = object.dependsOn.filter((link) => link.on !== on || link.type !== "auto");
  world.alter({ ...object, dependsOn: remove ? others : [...others, { on, type: "auto" }] });
  const text = dependentText(keyOf(object.kind, object.name));
  world.alter(
    withDependents(found, (all) => [...all.filter((it) => it !== text), ...(remove ? [] : [text])]),
  );
}
