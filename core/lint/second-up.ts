import { Simulation } from "../catalog/simulate/simulation.ts";
import type { DownFailure } from "./down-failure.ts";
import type { MigrationContext } from "./rule.ts";

/** The statement at which the up stops when it is run once more, after the down; undefined where it runs through. */
export function secondUpFailure({
  up,
  catalog,
  postgres,
  migration,
}: MigrationContext): DownFailure | undefined {
  if (!up) return undefined;
  const simulation = new Simulation(catalog.clone(), { postgres });
  // What the up took to exist outside of the folder stands in the catalog by now: nothing more is taken for granted.
  simulation.beginScript({ ...up.script, direction: "down" }, up.steps.length);
  const { path } = up.script.file;
  for (const { statement } of up.steps) {
    const { start, end } = statement;
    const origin = { migration: migration.name, file: path, start, end };
    const { failure } = simulation.apply(up.parsed, statement, origin);
    if (failure) return { statement, failure };
  }
  return undefined;
}
