import type { Node, RoleSpec } from "@pgsql/types";
import { accessName } from "../access-list.ts";
import { lastPart, quoteIdentifier } from "../quote-identifier.ts";
import type { World } from "./world.ts";

/** The role that a RoleSpec names, as it is printed. */
export function roleName(world: World, role: RoleSpec | undefined): string {
  switch (role?.roletype) {
    case "ROLESPEC_CURRENT_ROLE":
    case "ROLESPEC_CURRENT_USER":
      return world.role;
    case "ROLESPEC_SESSION_USER":
      return world.user;
    case "ROLESPEC_PUBLIC":
      return "PUBLIC";
    default:
      return quoteIdentifier(role?.rolename ?? "");
  }
}

export function roleNames(world: World, nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ("RoleSpec" in node ? [roleName(world, node.RoleSpec)] : []));
}

/** The roles as aclitems print them, in which nobody's name is everybody. */
export function granteeNames(world: World, nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => {
    if (!("RoleSpec" in node)) return [];
    const everybody = node.RoleSpec.roletype === "ROLESPEC_PUBLIC";
    return [everybody ? "" : accessName(lastPart(roleName(world, node.RoleSpec)))];
  });
}
