import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findInstallations, openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { loadParser } from "#core/sql/parse.ts";
import { judgeHistory } from "../../../scripts/random-histories/judge-history.ts";

const majors = [15, 18];
const seeds = [1, 2, 3, 4];
const length = 25;

const installed = new Set<number>();
for (const major of majors) if ((await findInstallations(major)).length > 0) installed.add(major);

/** Other seeds: `node scripts/run.mjs scripts/random-histories.ts 5-50`. */
describe.each(majors)("random histories on PostgreSQL %i", (major) => {
  let engine: Engine;
  beforeAll(async () => {
    if (!installed.has(major)) return;
    await loadParser();
    engine = await openEmbedded({ major });
  });
  afterAll(() => engine?.stop());

  it.runIf(installed.has(major)).each(seeds)(
    "are simulated as they run, read again as they are, and undone by what we propose: seed %i",
    { timeout: 300_000 },
    async (seed) => {
      let migrations = 0;
      for await (const { up, findings } of judgeHistory(engine, seed, length)) {
        migrations += 1;
        expect(findings, up).toEqual([]);
      }
      // A history of nothing but refused statements would say nothing.
      expect(migrations).toBeGreaterThan(length / 2);
    },
  );
});
