import { accessName } from "../../access-list.ts";
import type { CatalogObject } from "../../model.ts";
import { lastPart } from "../../quote-identifier.ts";
import type { World } from "../world.ts";
import { accessOf, ownerOf } from "./access-of.ts";
import { optionsOf } from "./grant-privileges.ts";

/** In whose name the session grants, and which of the privileges it may. */
export interface Grantor {
  readonly grantor: string;
  readonly letters: readonly string[];
}

/**
 * The owner for the owner itself, its members and superusers; else the role among the session's own that may grant most
 * of it (select_best_grantor). Of a role that was not seen to be made nothing is known: it is believed.
 */
export function grantorOf(world: World, object: CatalogObject, letters: readonly string[]): Grantor {
  const owner = ownerOf(world, object);
  const roles = rolesOf(world, world.role);
  if (!roles || roles.includes(owner)) return { grantor: owner, letters };
  const list = accessOf(world, object);
  const choices = roles.map((role) => {
    const options = optionsOf(list, role);
    return { grantor: role, letters: letters.filter((letter) => options.has(letter)) };
  });
  return choices.reduce((best, choice) => (choice.letters.length > best.letters.length ? choice : best));
}

/** The role and those whose privileges it has; undefined for one that may do everything. */
function rolesOf(world: World, role: string): [string, ...string[]] | undefined {
  const found: [string, ...string[]] = [role];
  for (const name of found) {
    const { options, memberOf = [] } = world.catalog.get("role", name)?.attributes ?? {};
    if (!options && name === role) return undefined;
    if (options?.includes("SUPERUSER") && name === role) return undefined;
    if (options?.includes("NOINHERIT")) continue;
    for (const member of memberOf) {
      if (member.includes(" WITH INHERIT FALSE")) continue;
      const other = member.replace(/ WITH .*$/, "");
      if (!found.includes(other)) found.push(other);
    }
  }
  return found.map((name) => accessName(lastPart(name))) as [string, ...string[]];
}
