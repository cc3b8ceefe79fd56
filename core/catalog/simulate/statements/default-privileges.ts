import type { AlterDefaultPrivilegesStmt, GrantStmt, Node } from "@pgsql/types";
import { accessName, initialAccess, parseAccess, printAccess } from "../../access-list.ts";
import { keyOf, type ObjectKind } from "../../model.ts";
import { lastPart, quoteIdentifier } from "../../quote-identifier.ts";
import { defaultPrivilegesName } from "../access/default-privileges.ts";
import { grantPrivileges } from "../access/grant-privileges.ts";
import type { Handlers } from "../handlers.ts";
import { granteeNames, roleNames } from "../roles.ts";
import { schemaDependency } from "../schema-dependency.ts";
import type { World } from "../world.ts";
import { namesOf } from "./drop.ts";
import { lettersOf } from "./grant.ts";

export const defaultPrivilegesHandlers: Handlers = { AlterDefaultPrivilegesStmt: alterDefaultPrivileges };

/** What each family is called, and a kind that stands for it. */
const families: Readonly<Record<string, { readonly family: string; readonly kind: ObjectKind }>> = {
  OBJECT_TABLE: { family: "TABLES", kind: "table" },
  OBJECT_SEQUENCE: { family: "SEQUENCES", kind: "sequence" },
  OBJECT_FUNCTION: { family: "FUNCTIONS", kind: "function" },
  OBJECT_TYPE: { family: "TYPES", kind: "type" },
  OBJECT_SCHEMA: { family: "SCHEMAS", kind: "schema" },
  OBJECT_LARGEOBJECT: { family: "LARGE OBJECTS", kind: "large object" },
};

function alterDefaultPrivileges(world: World, statement: AlterDefaultPrivilegesStmt): void {
  const { action } = statement;
  const target = families[action?.objtype ?? ""];
  if (!action || !target) return;
  const roles = optionItems(statement, "roles");
  const schemas = optionItems(statement, "schemas").map((node) => quoteIdentifier(namesOf(node)[0] ?? ""));
  for (const schema of schemas) schemaDependency(world, lastPart(schema));
  if (world.failed) return;
  for (const role of roles.length > 0 ? roleNames(world, roles) : [world.role]) {
    for (const schema of schemas.length > 0 ? schemas : [undefined])
      alter(world, action, { role, schema, ...target });
  }
}

interface Target {
  readonly role: string;
  readonly schema: string | undefined;
  readonly family: string;
  readonly kind: ObjectKind;
}

/** Privileges of a schema come on top of the others, so that its list starts empty (SetDefaultACL). */
function alter(world: World, action: GrantStmt, { role, schema, family, kind }: Target): void {
  const name = defaultPrivilegesName(role, schema, family);
  const owner = accessName(lastPart(role));
  const usual = schema === undefined ? initialAccess(kind, owner, world.postgres) : [];
  const found = world.catalog.get("default privileges", name);
  const list = grantPrivileges(found ? parseAccess(found.attributes.privileges) : usual, owner, {
    grants: action.is_grant === true,
    letters: lettersOf(
      world,
      kind,
      (action.privileges ?? []).flatMap((node) => ("AccessPriv" in node ? [node.AccessPriv] : [])),
    ),
    grantees: granteeNames(world, action.grantees),
    option: action.grant_option === true,
    grantor: owner,
  });
  const privileges = printAccess(list);
  if (privileges.join() === printAccess(usual).join()) {
    if (found) world.drop(keyOf("default privileges", name), false);
    return;
  }
  const dependsOn = schema === undefined ? [] : [{ on: keyOf("schema", schema), type: "auto" as const }];
  if (found) world.alter({ ...found, attributes: { privileges } });
  else world.create({ kind: "default privileges", name, attributes: { privileges }, dependsOn });
}

function optionItems(statement: AlterDefaultPrivilegesStmt, name: string): readonly Node[] {
  for (const node of statement.options ?? []) {
    const option = "DefElem" in node ? node.DefElem : undefined;
    if (option?.defname === name && option.arg && "List" in option.arg) return option.arg.List.items ?? [];
  }
  return [];
}
