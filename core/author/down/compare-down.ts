import { Catalog } from "../../catalog/catalog.ts";
import { diffCatalogs } from "../../catalog/diff.ts";
import type { CatalogObject } from "../../catalog/model.ts";
import type { Migration, Script } from "../../migration/model.ts";
import type { Change } from "../../report/model.ts";
import { loadParser } from "../../sql/parse.ts";
import { serialName } from "./inverse/serial-name.ts";
import { replay, steps } from "./replay.ts";

export interface DownComparison {
  /** What the down that is there leaves changed and the proposal does not, as far as statements tell. */
  readonly changes: readonly Change[];
  /** Statements of the down that could not be followed, so that more may differ. */
  readonly notAnalysed: readonly string[];
}

/** Two downs of one migration, by the schema that each leaves. `proposed` is the SQL of the other. */
export async function compareDown(
  migrations: readonly Migration[],
  migration: Migration,
  proposed: string,
  postgres: number,
): Promise<DownComparison | undefined> {
  await loadParser();
  const { up, down } = migration;
  if (!up || !down) return undefined;
  const file = { path: down.file.path, text: proposed, bom: false };
  const other: Script = { ...down, file, start: 0, end: proposed.length };
  const theirs = afterwards(migrations, migration, [up, other], postgres);
  const ours = afterwards(migrations, migration, [up, down], postgres);
  const [expected, found] = [theirs, ours].map(({ objects }) => Catalog.of(withUsualSequences(objects)));
  if (!expected || !found) return undefined;
  const changes = diffCatalogs(expected, found, "after down").filter(
    ({ class: weight }) => weight !== "benign",
  );
  return { changes, notAnalysed: ours.notAnalysed };
}

function afterwards(
  migrations: readonly Migration[],
  migration: Migration,
  scripts: readonly Script[],
  postgres: number,
): { objects: CatalogObject[]; notAnalysed: string[] } {
  const simulation = replay(migrations, migration, postgres);
  const notAnalysed: string[] = [];
  for (const script of scripts)
    for (const { outcome } of steps(simulation, migration, script))
      if (script.direction === "down" && outcome.notAnalysed !== undefined)
        notAnalysed.push(outcome.notAnalysed);
  return { objects: [...simulation.catalog.objects()], notAnalysed };
}

/**
 * A column's own sequence as PostgreSQL would call it today: the name that it has tells only what its table was called, or
 * what stood beside it, when it was made.
 */
function withUsualSequences(objects: readonly CatalogObject[]): CatalogObject[] {
  const usual = new Map<string, string>();
  for (const object of objects)
    if (object.kind === "sequence" && object.attributes.ownedBy !== undefined)
      usual.set(object.name, serialName(object.attributes.ownedBy));
  return objects.map((object) => {
    if (object.kind === "sequence") return { ...object, name: usual.get(object.name) ?? object.name };
    if (object.kind !== "column" || object.attributes.default === undefined) return object;
    const value = object.attributes.default.replace(
      /(?<=nextval\((?:CAST\()?')[^']+(?=')/i,
      (name) => usual.get(name) ?? name,
    );
    return { ...object, attributes: { ...object.attributes, default: value } };
  });
}
