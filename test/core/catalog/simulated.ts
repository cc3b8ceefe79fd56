import { Catalog } from "#core/catalog/catalog.ts";
import type { Outcome } from "#core/catalog/simulate/outcome.ts";
import { Simulation } from "#core/catalog/simulate/simulation.ts";
import { parseSql } from "#core/sql/parse.ts";

/** Runs SQL against an empty catalog as one down-like script: nothing that is missing is assumed. */
export function simulated(sql: string, options: { postgres?: number; assume?: boolean } = {}) {
  const catalog = new Catalog();
  const simulation = new Simulation(catalog, { postgres: options.postgres ?? 17 });
  const outcomes = run(simulation, sql, options.assume === true ? "up" : "down");
  return { catalog, simulation, outcomes };
}

export function run(simulation: Simulation, sql: string, direction: "up" | "down"): Outcome[] {
  const parsed = parseSql(sql);
  if (parsed.problem) throw new Error(`${parsed.problem.message} in ${sql}`);
  simulation.beginScript(
    { direction, execution: { send: "whole", wrapped: false } },
    parsed.statements.length,
  );
  const outcomes = parsed.statements.map((statement) =>
    simulation.apply(parsed, statement, {
      migration: "m",
      file: "f",
      start: statement.start,
      end: statement.end,
    }),
  );
  simulation.endScript();
  return outcomes;
}
