import { Catalog } from "#core/catalog/catalog.ts";
import type { CatalogObject } from "#core/catalog/model.ts";
import { Simulation, type SimulationOptions } from "#core/catalog/simulate/simulation.ts";
import { parseScript } from "#core/lint/parse-script.ts";
import { runScript as simulateScript } from "#core/lint/script-run.ts";
import type { Migration, Script } from "#core/migration/model.ts";
import { type Difference, differences } from "./differences.ts";

export interface ComparedUp {
  /** Why the simulation could not follow all of it; nothing else is said of it then. */
  readonly notAnalysed: readonly string[];
  readonly differences: readonly Difference[];
}

/** One up, simulated on top of the real catalog before it and compared with the real one after it. */
export function compareUp(
  migration: Migration,
  script: Script,
  around: { readonly before: readonly CatalogObject[]; readonly after: readonly CatalogObject[] },
  target: SimulationOptions,
): ComparedUp {
  const after = Catalog.of(around.after);
  const { simulation, notAnalysed, steps } = simulateUp(migration, script, around.before, target);
  const failed = steps.flatMap(({ outcome }) =>
    outcome.failure
      ? [{ object: outcome.failure.key, what: `fails: ${outcome.failure.reason}`, real: "", simulated: "" }]
      : [],
  );
  const found = [...failed, ...differences(after, simulation.catalog)];
  const sure = found.filter(({ object }) => !isUncertain(simulation, object));
  // The linter says nothing of what a branch touched that it cannot decide.
  const undecided = found.length > sure.length ? ["a branch of a DO block"] : [];
  const reasons = [...notAnalysed, ...(sure.length === 0 ? undecided : [])];
  return {
    notAnalysed: reasons,
    differences: reasons.length > 0 ? [] : sure,
  };
}

/** An up on top of a real catalog, without any rule. */
export function simulateUp(
  migration: Migration,
  script: Script,
  before: readonly CatalogObject[],
  target: SimulationOptions,
) {
  const simulation = new Simulation(Catalog.of(before), target);
  const run = simulateScript(simulation, {
    migration,
    script,
    parsed: parseScript(script),
    postgres: target.postgres,
    rules: undefined,
    isNew: () => true,
    report: () => undefined,
  });
  return { simulation, ...run };
}

function isUncertain(simulation: Simulation, key: string): boolean {
  const parent = simulation.catalog.at(key)?.parent;
  return simulation.isUncertain(key) || (parent !== undefined && simulation.isUncertain(parent));
}
