import { grantedToOthers } from "../../../catalog/access-list.ts";
import type { ObjectKind } from "../../../catalog/model.ts";
import { grantsBetween } from "./privileges.ts";
import { exact, type ProposedStatement } from "./proposed.ts";

/** A kind that stands for each family of objects. */
const kinds: Readonly<Record<string, ObjectKind>> = {
  TABLES: "table",
  SEQUENCES: "sequence",
  FUNCTIONS: "function",
  TYPES: "type",
  SCHEMAS: "schema",
  "LARGE OBJECTS": "large object",
};

/**
 * ALTER DEFAULT PRIVILEGES that takes what new objects get from one list to another; absent is what PostgreSQL gives
 * them. `name` is that of the catalog: `app IN SCHEMA sales ON TABLES`.
 */
export function changeDefaultPrivileges(
  name: string,
  from: readonly string[] | undefined,
  to: readonly string[] | undefined,
): ProposedStatement[] {
  const [, role, schema, family = ""] = /^(.*?)(?: IN SCHEMA (.*))? ON ([A-Z ]+)$/.exec(name) ?? [];
  const kind = kinds[family] ?? "table";
  // What a schema adds starts from nothing.
  const granted = (list: readonly string[] | undefined) =>
    grantedToOthers(kind, list ?? (schema ? [] : undefined));
  const where = [
    "ALTER DEFAULT PRIVILEGES",
    ...(role === "CURRENT_USER" ? [] : [`FOR ROLE ${role}`]),
    ...(schema === undefined ? [] : [`IN SCHEMA ${schema}`]),
  ].join(" ");
  return grantsBetween(kind, granted(from), granted(to), `ON ${family}`).map((sql) =>
    exact(`${where} ${sql}`),
  );
}
