import { afterAll, describe, expect, test } from "vitest";
import { Catalog } from "#core/catalog/catalog.ts";
import { lockModes } from "#core/catalog/locks.ts";
import { Simulation } from "#core/catalog/simulate/simulation.ts";
import { findInstallations, openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { loadParser } from "#core/sql/parse.ts";
import { schema } from "../../../scripts/locks/statement-shapes.ts";
import { lockLine, tracedLocks } from "../../../scripts/locks/traced-locks.ts";
import { inFull } from "../../support/in-full.ts";
import { run } from "./simulated.ts";

const majors = inFull ? [15, 16, 17, 18] : [15, 18];
const installed = new Set<number>();
for (const major of majors) if ((await findInstallations(major)).length > 0) installed.add(major);

const engines: Engine[] = [];
afterAll(() => Promise.all(engines.map((engine) => engine.stop())));

describe.each(majors)("PostgreSQL %i", (major) => {
  test.runIf(installed.has(major))("takes the locks that the linter foresees", async () => {
    await loadParser();
    const engine = await openEmbedded({ major });
    engines.push(engine);
    const traced = await tracedLocks(engine);
    const foreseen = traced.map(({ sql }) => ({ sql, locks: foreseenLocks(sql, major) }));
    expect(foreseen).toEqual(traced);
  });
});

/** The simulation's locks in the words of a trace; several on one relation are one, the strongest. */
function foreseenLocks(sql: string, postgres: number): string[] {
  const simulation = new Simulation(new Catalog(), { postgres });
  run(simulation, schema, "up");
  const [outcome] = run(simulation, sql, "up");
  const byRelation = new Map<string, { strength: number; rewritten: boolean; scanned: boolean }>();
  for (const { key, mode, rewrite, scan } of outcome?.locks ?? []) {
    const known = byRelation.get(key);
    byRelation.set(key, {
      strength: Math.max(known?.strength ?? 0, lockModes.indexOf(mode)),
      rewritten: rewrite === true || known?.rewritten === true,
      scanned: scan === true || known?.scanned === true,
    });
  }
  return [...byRelation]
    .flatMap(([key, { strength, rewritten, scanned }]) => {
      const match = /^(table|view|materialized view) (.+)$/.exec(key);
      const mode = lockModes[strength];
      if (!match || !mode || strength < lockModes.indexOf("ROW EXCLUSIVE")) return [];
      return [lockLine({ mode, kind: match[1] ?? "", object: match[2] ?? "", rewritten, scanned })];
    })
    .sort();
}
