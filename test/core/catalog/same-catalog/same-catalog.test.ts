import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Catalog } from "#core/catalog/catalog.ts";
import { Simulation } from "#core/catalog/simulate/simulation.ts";
import { readCatalog } from "#core/postgres/catalog/read-catalog.ts";
import { findInstallations, openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { loadParser } from "#core/sql/parse.ts";
import { differences } from "../../../../scripts/simulated-against-real/differences.ts";
import { targetOf } from "../../../../scripts/simulated-against-real/target-of.ts";
import { inFull, oneInThree } from "../../../support/in-full.ts";
import { run } from "../simulated.ts";
import { cases } from "./cases.ts";

const majors = inFull ? [15, 18] : [18];
const installed = new Set<number>();
for (const major of majors) if ((await findInstallations(major)).length > 0) installed.add(major);

/** The expectation cannot lie: the same SQL runs in the simulation and on a server, and both catalogs are compared. */
describe.each(majors)("on PostgreSQL %i", (major) => {
  let engine: Engine;
  beforeAll(async () => {
    if (!installed.has(major)) return;
    await loadParser();
    engine = await openEmbedded({ major });
  });
  afterAll(() => engine?.stop());

  describe.each(Object.entries(cases))("%s", (about, statements) => {
    const isKnown = major >= Number(/^since (\d+)$/.exec(about)?.[1] ?? 0);
    for (const sql of oneInThree(statements)) {
      it.runIf(installed.has(major) && isKnown)(sql, async () => {
        expect(await differencesAfter(engine, sql)).toEqual([]);
      });
    }
  });
});

async function differencesAfter(engine: Engine, sql: string) {
  const database = await engine.createDatabase();
  const session = await database.connect();
  try {
    const before = Catalog.of(await readCatalog(session, { dependencies: true }));
    const simulation = new Simulation(before, await targetOf(session, engine.major));
    run(simulation, sql, "up");
    await session.execute(sql);
    const real = Catalog.of(await readCatalog(session, { dependencies: true }));
    return differences(real, simulation.catalog);
  } finally {
    await session.close();
    await database.drop();
  }
}
