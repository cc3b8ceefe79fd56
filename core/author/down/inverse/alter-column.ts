import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf } from "../../../catalog/model.ts";
import { optionActions } from "./option-actions.ts";
import { exact, needsData, type ProposedStatement } from "./proposed.ts";
import { ownName, parentName } from "./sql-name.ts";

/** A column that still exists, back to its former type, default, nullability and the like. */
export function alterColumn(
  catalog: Catalog,
  now: CatalogObject<"column">,
  before: CatalogObject<"column">,
): ProposedStatement[] {
  const [is, was] = [now.attributes, before.attributes];
  const name = ownName(before);
  const actions: string[] = [];
  const retyped = is.type !== was.type || is.collation !== was.collation;
  if (retyped) {
    if (is.default !== was.default && is.default) actions.push(`ALTER COLUMN ${name} DROP DEFAULT`);
    const collate = was.collation ? ` COLLATE ${was.collation}` : "";
    // No cast leads from one enum to another.
    const through = [is.type, was.type].every((it) => catalog.at(keyOf("type", it))) ? "::text" : "";
    actions.push(`ALTER COLUMN ${name} TYPE ${was.type}${collate} USING ${name}${through}::${was.type}`);
  }
  if (is.default !== was.default && was.default)
    actions.push(`ALTER COLUMN ${name} SET DEFAULT ${was.default}`);
  else if (is.default !== was.default && !retyped) actions.push(`ALTER COLUMN ${name} DROP DEFAULT`);
  if (is.generated && !was.generated) actions.push(`ALTER COLUMN ${name} DROP EXPRESSION`);
  if (is.identity !== was.identity) {
    if (!was.identity) actions.push(`ALTER COLUMN ${name} DROP IDENTITY`);
    else if (is.identity) actions.push(`ALTER COLUMN ${name} SET GENERATED ${was.identity.toUpperCase()}`);
    else actions.push(`ALTER COLUMN ${name} ADD GENERATED ${was.identity.toUpperCase()} AS IDENTITY`);
  }
  if (is.notNull !== was.notNull)
    actions.push(`ALTER COLUMN ${name} ${was.notNull ? "SET" : "DROP"} NOT NULL`);
  if (is.storage !== was.storage)
    actions.push(`ALTER COLUMN ${name} SET STORAGE ${was.storage ?? "DEFAULT"}`);
  if (is.statistics !== was.statistics)
    actions.push(`ALTER COLUMN ${name} SET STATISTICS ${was.statistics ?? -1}`);
  for (const action of optionActions(is.options ?? [], was.options ?? []))
    actions.push(`ALTER COLUMN ${name} ${action}`);
  if (actions.length === 0) return [];
  const sql = `ALTER TABLE ${parentName(before)}\n    ${actions.join(",\n    ")}`;
  const lost = retyped
    ? `values of ${before.name} that do not fit ${was.type} make this fail`
    : was.notNull && !is.notNull
      ? `fails while ${before.name} holds NULL`
      : undefined;
  return [lost ? needsData(oneLine(sql, actions), lost) : exact(oneLine(sql, actions))];
}

/** A single action reads best on one line. */
function oneLine(sql: string, actions: readonly string[]): string {
  return actions.length === 1 ? sql.replace(/\n\s+/, " ") : sql;
}
