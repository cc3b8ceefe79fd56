import { Catalog } from "#core/catalog/catalog.ts";
import type { Outcome } from "#core/catalog/simulate/outcome.ts";
import { Simulation } from "#core/catalog/simulate/simulation.ts";
import { run } from "../core/catalog/simulated.ts";

/** Simulates a history and then an up: the tables that the history made, and what each statement of the up does. */
export function simulatedOnTop(
  before: string,
  up: string,
  postgres: number,
): { readonly tables: readonly string[]; readonly outcomes: readonly Outcome[] } {
  const simulation = new Simulation(new Catalog(), { postgres });
  run(simulation, before, "up");
  const tables = [...simulation.catalog.objects()]
    .filter(({ kind }) => kind === "table" || kind === "materialized view")
    .map(({ name }) => name);
  return { tables, outcomes: run(simulation, up, "up") };
}
