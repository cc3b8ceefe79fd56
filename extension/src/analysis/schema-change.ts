import { replay, steps } from "#core/author/down/replay.ts";
import type { Catalog } from "#core/catalog/catalog.ts";
import { definitionOf } from "#core/catalog/definition.ts";
import type { Migration } from "#core/migration/model.ts";
import { loadParser } from "#core/sql/parse.ts";
import { schemaLine, schemaText } from "../schema-line.ts";
import type { SchemaChange } from "./methods.ts";

/** The schema before a migration and after its up, from the statements alone. */
export async function schemaChange(
  migrations: readonly Migration[],
  migration: Migration,
  postgres: number,
): Promise<SchemaChange | undefined> {
  if (!migration.up) return undefined;
  await loadParser();
  const simulation = replay(migrations, migration, postgres);
  const before = textOf(simulation.catalog);
  for (const _ of steps(simulation, migration, migration.up));
  return { before, after: textOf(simulation.catalog) };
}

function textOf(catalog: Catalog): string {
  return schemaText(
    [...catalog.objects()].map((object) => schemaLine(object.kind, object.name, definitionOf(object))),
  );
}
