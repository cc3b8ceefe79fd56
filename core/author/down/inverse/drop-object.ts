import type { CatalogObject } from "../../../catalog/model.ts";
import { cannot, exact, type ProposedStatement } from "./proposed.ts";
import { roleSetting } from "./role-setting.ts";
import { ownName, parentName, sqlKind } from "./sql-name.ts";

/** Removes what a statement made. Guarded by IF EXISTS wherever the grammar has it, so that a down can be run twice. */
export function dropObject(object: CatalogObject): ProposedStatement {
  const table = parentName(object);
  switch (object.kind) {
    case "column":
      return exact(`ALTER TABLE ${table} DROP COLUMN IF EXISTS ${ownName(object)}`);
    case "constraint": {
      const owner = object.parent?.startsWith("domain ") ? "DOMAIN" : "TABLE";
      return exact(`ALTER ${owner} ${table} DROP CONSTRAINT IF EXISTS ${ownName(object)}`);
    }
    case "trigger":
    case "policy":
    case "rule":
      return exact(`DROP ${sqlKind(object)} IF EXISTS ${ownName(object)} ON ${table}`);
    case "cast":
      return exact(`DROP CAST IF EXISTS (${object.name})`);
    case "user mapping":
      return exact(`DROP USER MAPPING IF EXISTS FOR ${object.name}`);
    case "setting": {
      const { role, option } = roleSetting(object.name) ?? {};
      return role === undefined
        ? cannot(`the setting ${object.name} must be undone by hand`)
        : exact(`ALTER ROLE ${role} RESET ${option}`);
    }
    case "large object":
      return cannot(`the ${object.kind} ${object.name} must be undone by hand`);
    default:
      return exact(`DROP ${sqlKind(object)} IF EXISTS ${object.name}`);
  }
}
