import type { ObjectKey } from "../catalog/model.ts";
import type { Simulation } from "../catalog/simulate/simulation.ts";
import type { Migration, Script } from "../migration/model.ts";
import type { MigrationContext, SimulatedScript, UpContext } from "./rule.ts";

/** All that a rule sees of a migration but a way to report. */
export type SimulatedMigration = Omit<MigrationContext, "report">;

/**
 * Runs up and down; the catalog is left as the down leaves it, with savepoints to go back to.
 *
 * @param lookAfterUp sees the catalog as the up leaves it
 */
export function simulateMigration(
  simulation: Simulation,
  migration: Migration,
  postgres: number,
  run: (script: Script) => SimulatedScript,
  lookAfterUp?: (seen: Omit<UpContext, "report">) => void,
): SimulatedMigration {
  const { catalog } = simulation;
  const seen = {
    migration,
    postgres,
    catalog,
    start: catalog.savepoint(),
    isUncertain: (key: ObjectKey) => simulation.isUncertain(key),
    isUnseen: (key: ObjectKey) => simulation.isUnseen(key),
    isAssumed: (key: ObjectKey) => simulation.isAssumed(key),
  };
  const up = migration.up && run(migration.up);
  if (up) lookAfterUp?.({ ...seen, up });
  const afterUp = catalog.savepoint();
  const down = migration.down && run(migration.down);
  return { ...seen, ...(up && { up }), ...(down && { down }), afterUp };
}
