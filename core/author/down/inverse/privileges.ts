import {
  type AccessItem,
  allPrivileges,
  grantedToOthers,
  privilegeWord,
} from "../../../catalog/access-list.ts";
import type { CatalogObject, ObjectKind } from "../../../catalog/model.ts";
import { ownName, parentName, sqlKind } from "./sql-name.ts";

type Granted = ReadonlyMap<string, Pick<AccessItem, "privileges" | "options">>;
type List = readonly string[] | undefined;

/** GRANT and REVOKE statements that take the privileges of `object` from one list to another. */
export function changePrivileges(object: CatalogObject, from: List, to: List): string[] {
  const on = target(object);
  const column = object.kind === "column" ? ` (${ownName(object)})` : "";
  return grantsBetween(
    object.kind,
    grantedToOthers(object.kind, from),
    grantedToOthers(object.kind, to),
    on,
    column,
  );
}

/** REVOKE on a table takes what was granted on its columns too (manual, REVOKE, Notes): GRANTs that bring that back. */
export function grantColumnsAgain(
  table: CatalogObject,
  columns: readonly CatalogObject<"column">[],
  from: List,
  to: List,
): string[] {
  const wanted = grantedToOthers(table.kind, to);
  const revoked = [...grantedToOthers(table.kind, from)].map(([grantee, { privileges }]) => {
    const kept = wanted.get(grantee)?.privileges;
    return [grantee, new Set([...privileges].filter((letter) => !kept?.has(letter)))] as const;
  });
  return columns.flatMap((column) => {
    const had = grantedToOthers("column", column.attributes.privileges);
    const lost = revoked.flatMap(([grantee, letters]) => {
      const { privileges, options } = had.get(grantee) ?? nothing;
      const those = (set: ReadonlySet<string>) => new Set([...set].filter((letter) => letters.has(letter)));
      return those(privileges).size > 0
        ? [[grantee, { privileges: those(privileges), options: those(options) }] as const]
        : [];
    });
    return grantsBetween("column", new Map(), new Map(lost), target(column), ` (${ownName(column)})`);
  });
}

/** `on` says on what: `ON SCHEMA app`. */
export function grantsBetween(
  kind: ObjectKind,
  had: Granted,
  wanted: Granted,
  on: string,
  column = "",
): string[] {
  const statements: string[] = [];
  const all = allPrivileges(kind, newest).length;
  for (const grantee of new Set([...had.keys(), ...wanted.keys()])) {
    const before = had.get(grantee) ?? nothing;
    const after = wanted.get(grantee) ?? nothing;
    const list = (letters: readonly string[]) =>
      letters.length > 1 && letters.length === all
        ? `ALL${column}`
        : letters.map((letter) => `${privilegeWord(letter)}${column}`).join(", ");
    const extra = [...before.privileges].filter((letter) => !after.privileges.has(letter));
    const optional = [...before.options].filter(
      (letter) => !after.options.has(letter) && !extra.includes(letter),
    );
    const optionless = [...after.options].filter((letter) => !before.options.has(letter));
    const missing = [...after.privileges].filter(
      (letter) => !before.privileges.has(letter) && !optionless.includes(letter),
    );
    if (extra.length > 0) statements.push(`REVOKE ${list(extra)} ${on} FROM ${grantee}`);
    if (optional.length > 0)
      statements.push(`REVOKE GRANT OPTION FOR ${list(optional)} ${on} FROM ${grantee}`);
    if (missing.length > 0) statements.push(`GRANT ${list(missing)} ${on} TO ${grantee}`);
    if (optionless.length > 0)
      statements.push(`GRANT ${list(optionless)} ${on} TO ${grantee} WITH GRANT OPTION`);
  }
  return statements;
}

/** Whoever has all privileges of the newest version has what ALL means there. */
const newest = 18;
const nothing = { privileges: new Set<string>(), options: new Set<string>() };

function target(object: CatalogObject): string {
  if (object.kind === "column") return `ON ${parentName(object)}`;
  // Views are granted on as tables; aggregates as functions.
  if (["table", "view", "materialized view"].includes(object.kind)) return `ON ${object.name}`;
  if (object.kind === "aggregate") return `ON FUNCTION ${object.name}`;
  if (object.kind === "foreign-data wrapper") return `ON FOREIGN DATA WRAPPER ${object.name}`;
  if (object.kind === "server") return `ON FOREIGN SERVER ${object.name}`;
  return `ON ${sqlKind(object)} ${object.name}`;
}
