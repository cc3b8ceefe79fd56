import type { CatalogObject } from "../catalog/model.ts";
import { plainName } from "../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../catalog/quote-identifier.ts";
import { type ExistingTable, isPartitioned } from "./existing-table.ts";
import type { StatementContext } from "./rule.ts";

/** An index or a constraint of the table. */
export type Remade = CatalogObject<"index"> | CatalogObject<"constraint">;

/** What a change of type makes PostgreSQL build or check again. */
export function remade({ outcome, catalog }: StatementContext, table: ExistingTable): Remade[] {
  const keys = new Set(outcome.effects.flatMap((effect) => (effect.action === "alter" ? [effect.key] : [])));
  return [...keys].flatMap((key): Remade[] => {
    const object = catalog.at(key);
    if (object?.parent !== table.key) return [];
    return object.kind === "index" || object.kind === "constraint" ? [object] : [];
  });
}

export function takenAway({ kind, name, attributes }: Remade, table: ExistingTable): string {
  const key = kind === "index" ? attributes.constraint : name;
  if (key === undefined) {
    const how = isPartitioned(table) ? "" : " CONCURRENTLY";
    return `DROP INDEX${how} ${plainName(name)};`;
  }
  return `ALTER TABLE ${table.name} DROP CONSTRAINT ${quoteIdentifier(lastPart(key))};`;
}

export function madeAgain(
  { kind, name, attributes }: Remade,
  table: ExistingTable,
  catalog: StatementContext["catalog"],
): string[] {
  const constraint = quoteIdentifier(lastPart(name));
  const alter = `ALTER TABLE ${table.name}`;
  if (kind === "index") {
    if (isPartitioned(table))
      return [
        `${attributes.definition}; -- builds nothing`,
        "CREATE INDEX CONCURRENTLY … ON …; -- on each partition",
        `ALTER INDEX ${plainName(name)} ATTACH PARTITION …;`,
      ];
    const built = `${attributes.definition.replace(/ INDEX /, " INDEX CONCURRENTLY ")};`;
    const owner = attributes.constraint === undefined ? undefined : catalog.at(attributes.constraint);
    if (owner?.kind !== "constraint") return [built];
    const { definition } = owner.attributes;
    const [key] = /^(PRIMARY KEY|UNIQUE)/.exec(definition) ?? [];
    if (key === undefined) return [`${alter} ADD CONSTRAINT ${constraint} ${definition};`];
    return [built, `${alter} ADD CONSTRAINT ${constraint} ${key} USING INDEX ${constraint};`];
  }
  return [
    `${alter} ADD CONSTRAINT ${constraint} ${attributes.definition} NOT VALID;`,
    `${alter} VALIDATE CONSTRAINT ${constraint}; -- in a migration of its own`,
  ];
}
