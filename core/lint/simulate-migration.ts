import type { Simulation } from "../catalog/simulate/simulation.ts";
import type { Migration, Script } from "../migration/model.ts";
import type { MigrationContext, SimulatedScript } from "./rule.ts";

/** All that a rule sees of a migration but a way to report. */
export type SimulatedMigration = Omit<MigrationContext, "report">;

/** Runs up and down; the catalog is left as the down leaves it, with savepoints to go back to. */
export function simulateMigration(
  simulation: Simulation,
  migration: Migration,
  postgres: number,
  run: (script: Script) => SimulatedScript,
): SimulatedMigration {
  const { catalog } = simulation;
  const start = catalog.savepoint();
  const up = migration.up && run(migration.up);
  const afterUp = catalog.savepoint();
  const down = migration.down && run(migration.down);
  return {
    migration,
    postgres,
    ...(up && { up }),
    ...(down && { down }),
    catalog,
    start,
    afterUp,
    isUncertain: (key) => simulation.isUncertain(key),
    isUnseen: (key) => simulation.isUnseen(key),
    isAssumed: (key) => simulation.isAssumed(key),
  };
}
