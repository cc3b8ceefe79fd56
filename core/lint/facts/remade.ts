import type { CatalogObject } from "../../catalog/model.ts";
import type { CatalogView } from "../../catalog/past-catalog.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { StatementContext } from "../rule.ts";
import { type ExistingTable, isPartitioned } from "./existing-table.ts";

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

/**
 * How to take these away before the change of type, and make them again after it, without a lock that stops others.
 * Undefined where one of them can only be built under such a lock.
 */
export function remadeSteps(
  { catalog }: StatementContext,
  table: ExistingTable,
  objects: readonly Remade[],
): { readonly away: readonly string[]; readonly again: readonly string[] } | undefined {
  const ways = objects.map((object) => wayOf(catalog, table, object));
  if (ways.includes(undefined)) return undefined;
  const all = ways.filter((way) => way !== undefined);
  return { away: all.map(({ away }) => away), again: all.flatMap(({ again }) => again) };
}

function wayOf(
  catalog: CatalogView,
  table: ExistingTable,
  { kind, name, attributes }: Remade,
): Way | undefined {
  const own = quoteIdentifier(lastPart(name));
  const alter = `ALTER TABLE ${table.name}`;
  if (kind === "constraint") {
    return {
      away: `${alter} DROP CONSTRAINT ${own};`,
      again: [
        `${alter} ADD CONSTRAINT ${own} ${attributes.definition} NOT VALID;`,
        `${alter} VALIDATE CONSTRAINT ${own}; -- in a migration of its own`,
      ],
    };
  }
  if (isPartitioned(table)) {
    if (attributes.constraint !== undefined) return undefined;
    return {
      away: `DROP INDEX ${plainName(name)};`,
      again: [
        `${attributes.definition}; -- builds nothing`,
        "CREATE INDEX CONCURRENTLY … ON …; -- on each partition",
        `ALTER INDEX ${plainName(name)} ATTACH PARTITION …;`,
      ],
    };
  }
  const build = `${attributes.definition.replace(" INDEX ", " INDEX CONCURRENTLY ")};`;
  if (attributes.constraint === undefined)
    return { away: `DROP INDEX CONCURRENTLY ${plainName(name)};`, again: [build] };
  const owner = catalog.at(attributes.constraint);
  const type = owner?.kind === "constraint" ? owner.attributes.type : undefined;
  if (owner?.kind !== "constraint" || (type !== "unique" && type !== "primary key")) return undefined;
  const suffix = / DEFERRABLE.*$/.exec(owner.attributes.definition)?.[0] ?? "";
  return {
    away: `${alter} DROP CONSTRAINT ${own};`,
    again: [build, `${alter} ADD CONSTRAINT ${own} ${type.toUpperCase()} USING INDEX ${own}${suffix};`],
  };
}

interface Way {
  readonly away: string;
  readonly again: readonly string[];
}
