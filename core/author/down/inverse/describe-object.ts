import type { CatalogObject } from "../../../catalog/model.ts";
import { literal } from "../../../sql/literal.ts";
import { changePrivileges } from "./privileges.ts";
import { ownName, parentName, sqlKind } from "./sql-name.ts";

interface Described {
  readonly comment?: string;
  readonly owner?: string;
  readonly privileges?: readonly string[];
}

/** Comment, owner and privileges: what CREATE does not say itself. `from` is how they are now, `to` how they should be. */
export function describe(object: CatalogObject, from: Described, to: Described): string[] {
  const statements: string[] = [];
  if (from.owner !== to.owner)
    statements.push(`ALTER ${sqlKind(object)} ${object.name} OWNER TO ${to.owner ?? "CURRENT_USER"}`);
  if (from.comment !== to.comment)
    statements.push(
      `COMMENT ON ${commentTarget(object)} IS ${to.comment === undefined ? "NULL" : literal(to.comment)}`,
    );
  if (JSON.stringify(from.privileges) !== JSON.stringify(to.privileges))
    statements.push(...changePrivileges(object, from.privileges, to.privileges));
  return statements;
}

function commentTarget(object: CatalogObject): string {
  switch (object.kind) {
    case "constraint":
    case "trigger":
    case "policy":
    case "rule": {
      const domain = object.parent?.startsWith("domain ") ? "DOMAIN " : "";
      return `${sqlKind(object)} ${ownName(object)} ON ${domain}${parentName(object)}`;
    }
    case "cast":
      return `CAST (${object.name})`;
    default:
      return `${sqlKind(object)} ${object.name}`;
  }
}
