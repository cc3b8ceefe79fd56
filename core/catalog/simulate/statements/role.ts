import type { AlterRoleStmt, CreateRoleStmt, GrantRoleStmt, Node } from "@pgsql/types";
import { literal } from "../../../sql/literal.ts";
import { type CatalogObject, keyOf } from "../../model.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import type { Handlers } from "../handlers.ts";
import { optionValue } from "../options.ts";
import { roleName, roleNames } from "../roles.ts";
import { settingValue } from "../routine-definition.ts";
import type { World } from "../world.ts";

/** Roles, their memberships and their settings. */
export const roleHandlers: Handlers = {
  CreateRoleStmt: createRole,
  AlterRoleStmt: alterRole,
  GrantRoleStmt: grantRole,
  AlterRoleSetStmt: (world, statement) => {
    const { role, database, setstmt } = statement;
    // Settings of a whole database go by its name, which the scripts need not know.
    if (!role || database || !setstmt || setstmt.kind === "VAR_RESET_ALL") return;
    const name = `role ${roleName(world, role)} ${setstmt.name}`;
    if (setstmt.kind !== "VAR_SET_VALUE") world.drop(keyOf("setting", name), false);
    else {
      const definition = `${setstmt.name}=${(setstmt.args ?? []).map(settingValue).join(", ")}`;
      world.create({ kind: "setting", name, attributes: { definition }, dependsOn: [] });
    }
  },
};

function createRole(world: World, statement: CreateRoleStmt): void {
  const name = quoteIdentifier(statement.role ?? "");
  const key = keyOf("role", name);
  if (world.catalog.has(key)) {
    world.fail({ reason: "exists", key });
    return;
  }
  const login = statement.stmt_type === "ROLESTMT_USER" ? ["LOGIN"] : [];
  world.create({
    kind: "role",
    name,
    attributes: { options: changeOptions(login, statement.options ?? []) },
    dependsOn: [],
  });
  const listed = (option: string) => roleNames(world, listOf(statement.options, option));
  for (const role of listed("addroleto")) enrol(world, name, { role });
  for (const member of listed("rolemembers")) enrol(world, member, { role: name });
  for (const member of listed("adminmembers")) enrol(world, member, { role: name, admin: true });
}

function alterRole(world: World, statement: AlterRoleStmt): void {
  const name = roleName(world, statement.role);
  const role = world.catalog.get("role", name);
  if (!role) return;
  const options = changeOptions(role.attributes.options, statement.options ?? []);
  world.alter({ ...role, attributes: { ...role.attributes, options } });
  // ALTER GROUP … ADD USER, DROP USER
  for (const member of roleNames(world, listOf(statement.options, "rolemembers"))) {
    if (statement.action === -1) expel(world, member, name);
    else enrol(world, member, { role: name });
  }
}

function listOf(options: readonly Node[] | undefined, name: string): readonly Node[] {
  return (options ?? []).flatMap((node) => {
    const option = "DefElem" in node && node.DefElem.defname === name ? node.DefElem.arg : undefined;
    return option && "List" in option ? (option.List.items ?? []) : [];
  });
}

/** What is on or off, and how on or off is said where it is not the default; in the order in which roles are read. */
const switches: readonly { readonly option: string; readonly word: string; readonly when: string }[] = [
  { option: "superuser", word: "SUPERUSER", when: "true" },
  { option: "inherit", word: "NOINHERIT", when: "false" },
  { option: "createrole", word: "CREATEROLE", when: "true" },
  { option: "createdb", word: "CREATEDB", when: "true" },
  { option: "canlogin", word: "LOGIN", when: "true" },
  { option: "isreplication", word: "REPLICATION", when: "true" },
  { option: "bypassrls", word: "BYPASSRLS", when: "true" },
];

function changeOptions(before: readonly string[], nodes: readonly Node[]): string[] {
  const given = new Map<string, string>();
  for (const node of nodes) {
    if ("DefElem" in node) given.set(node.DefElem.defname ?? "", optionValue(node.DefElem.arg));
  }
  const kept = (prefix: string) => before.filter((text) => text.startsWith(prefix));
  const limit = given.get("connectionlimit");
  const until = given.get("validUntil");
  return [
    ...switches.flatMap(({ option, word, when }) => {
      const value = given.get(option);
      return (value === undefined ? before.includes(word) : value === when) ? [word] : [];
    }),
    ...(limit === undefined
      ? kept("CONNECTION LIMIT ")
      : limit === "-1"
        ? []
        : [`CONNECTION LIMIT ${limit}`]),
    ...(until === undefined ? kept("VALID UNTIL ") : [`VALID UNTIL ${literal(until)}`]),
  ];
}

function grantRole(world: World, statement: GrantRoleStmt): void {
  const given = new Map<string, boolean>();
  for (const node of statement.opt ?? []) {
    if ("DefElem" in node) given.set(node.DefElem.defname ?? "", optionValue(node.DefElem.arg) === "true");
  }
  const granted = (statement.granted_roles ?? []).flatMap((node) =>
    "AccessPriv" in node ? [quoteIdentifier(node.AccessPriv.priv_name ?? "")] : [],
  );
  for (const member of roleNames(world, statement.grantee_roles)) {
    for (const role of granted) {
      // REVOKE ADMIN OPTION FOR leaves the membership.
      if (statement.is_grant || given.size > 0)
        enrol(world, member, {
          role,
          ...(given.has("admin") && { admin: given.get("admin") === true }),
          ...(given.has("inherit") && { inherit: given.get("inherit") === true }),
          ...(given.has("set") && { set: given.get("set") === true }),
        });
      else expel(world, member, role);
    }
  }
}

interface Membership {
  readonly role: string;
  readonly admin?: boolean;
  /** Since 16; else as the member's INHERIT says. */
  readonly inherit?: boolean;
  readonly set?: boolean;
}

function enrol(world: World, name: string, { role, admin, inherit, set }: Membership): void {
  const member = world.catalog.get("role", name);
  if (!member) return;
  const before = member.attributes.memberOf ?? [];
  const known = before.find((text) => isOf(text, role));
  const had = (words: string) => known?.includes(` WITH ${words}`) === true;
  const inherits =
    known === undefined ? !member.attributes.options.includes("NOINHERIT") : !had("INHERIT FALSE");
  const separate = world.postgres >= 16;
  const text = [
    role,
    (admin ?? had("ADMIN OPTION")) ? " WITH ADMIN OPTION" : "",
    separate && !(inherit ?? inherits) ? " WITH INHERIT FALSE" : "",
    separate && !(set ?? !had("SET FALSE")) ? " WITH SET FALSE" : "",
  ].join("");
  setMembership(world, member, [...before.filter((other) => other !== known), text]);
}

function expel(world: World, name: string, role: string): void {
  const member = world.catalog.get("role", name);
  if (!member) return;
  setMembership(
    world,
    member,
    (member.attributes.memberOf ?? []).filter((text) => !isOf(text, role)),
  );
}

function isOf(membership: string, role: string): boolean {
  return membership === role || membership.startsWith(`${role} WITH `);
}

function setMembership(world: World, member: CatalogObject<"role">, memberOf: readonly string[]): void {
  const { memberOf: _, ...attributes } = member.attributes;
  world.alter({
    ...member,
    attributes: memberOf.length > 0 ? { ...attributes, memberOf: [...memberOf].sort() } : attributes,
  });
}
