import { Catalog, type Savepoint } from "../../catalog/catalog.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import type { Outcome } from "../../catalog/simulate/outcome.ts";
import { Simulation } from "../../catalog/simulate/simulation.ts";
import type { Migration, Script } from "../../migration/model.ts";
import { parseSql } from "../../sql/parse.ts";
import type { Statement } from "../../sql/statement.ts";

/** One statement of an up, and the difference that it made. */
export interface Step {
  readonly statement: Statement;
  /** The statement's text, without the final `;`. */
  readonly sql: string;
  readonly outcome: Outcome;
  /** The catalog's state before the statement. */
  readonly savepoint: Savepoint;
  /** What stood under each key that the statement touched; undefined: nothing. */
  readonly before: ReadonlyMap<ObjectKey, CatalogObject | undefined>;
}

/**
 * What a statement changed. Whatever it named without that a file was seen to make it was there before: the statement did
 * not make it, and where it dropped it, nobody knows what it was.
 */
function changesOf(simulation: Simulation, savepoint: Savepoint): Step["before"] {
  const { catalog } = simulation;
  const changes = new Map<ObjectKey, CatalogObject | undefined>();
  for (const [key, was] of catalog.since(savepoint)) {
    const now = catalog.at(key);
    if (!isFromOutside(simulation, key, was) || now?.origin) changes.set(key, was);
    else if (now) changes.set(key, was ?? ({ ...now, attributes: {}, dependsOn: [] } as CatalogObject));
  }
  for (const [key, was] of changes) {
    const { parent } = was ?? {};
    if (parent !== undefined && !catalog.has(parent) && isFromOutside(simulation, parent, undefined))
      changes.delete(key);
  }
  return changes;
}

/** Was the object, as it is in the catalog, never seen to be made? */
function isFromOutside(simulation: Simulation, key: ObjectKey, object: CatalogObject | undefined): boolean {
  return simulation.isAssumed(key) && object?.origin === undefined;
}

/** The schema as every up before this migration leaves it. Without one: after all of them. `loadParser` comes first. */
export function replay(
  migrations: readonly Migration[],
  until: Migration | undefined,
  postgres: number,
): Simulation {
  const simulation = new Simulation(new Catalog(), { postgres });
  for (const migration of migrations) {
    if (migration === until) break;
    if (migration.up) for (const _ of steps(simulation, migration, migration.up));
  }
  return simulation;
}

/** Runs a script statement by statement; the catalog stands as after the statement while its step is looked at. */
export function* steps(simulation: Simulation, migration: Migration, script: Script): Generator<Step> {
  const { catalog } = simulation;
  const parsed = parseSql(script.file.text.slice(script.start, script.end));
  simulation.beginScript(script, parsed.statements.length);
  for (const statement of parsed.statements) {
    const savepoint = catalog.savepoint();
    const start = script.start + statement.start;
    const end = script.start + statement.end;
    const outcome = simulation.apply(parsed, statement, {
      migration: migration.name,
      file: script.file.path,
      start,
      end,
    });
    const sql = parsed.text.slice(statement.start, statement.end);
    yield { statement, sql, outcome, savepoint, before: changesOf(simulation, savepoint) };
  }
  simulation.endScript();
}
