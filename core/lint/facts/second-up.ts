import type { Catalog } from "../../catalog/catalog.ts";
import type { Failure } from "../../catalog/simulate/outcome.ts";
import { Simulation } from "../../catalog/simulate/simulation.ts";
import type { MigrationContext } from "../rule.ts";

export interface SecondUp {
  /** What stops it. */
  readonly failure?: Failure;
  /** As it stands after the second up, or where that stops. */
  readonly catalog: Catalog;
}

/** The up once more, after the down. */
export function secondUp({ up, catalog, postgres, migration }: MigrationContext): SecondUp | undefined {
  if (!up) return undefined;
  const again = catalog.clone();
  const simulation = new Simulation(again, { postgres });
  // What the up took to exist outside of the folder stands in the catalog by now: nothing more is taken for granted.
  simulation.beginScript({ ...up.script, direction: "down" }, up.steps.length);
  const { path } = up.script.file;
  for (const { statement } of up.steps) {
    const { start, end } = statement;
    const origin = { migration: migration.name, file: path, start, end };
    const { failure } = simulation.apply(up.parsed, statement, origin);
    if (failure) return { failure, catalog: again };
  }
  return { catalog: again };
}
