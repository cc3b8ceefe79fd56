import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InterruptedRuns, kinds } from "../support/interrupt/interrupted-runs.ts";
import { openTarget } from "../support/interrupt/targets.ts";
import { switchback } from "./cli.ts";

/** Moments as parts of a whole run; `scripts/interrupt-runs.ts` takes as many as are wanted. */
const often = { SIGINT: 4, SIGTERM: 4, SIGKILL: 2, twice: 1 } as const;
const seldom = { SIGINT: 2, SIGTERM: 1, SIGKILL: 2, twice: 1 } as const;

describe.skipIf(process.platform !== "linux")("a run that is interrupted (needs /proc)", () => {
  beforeAll(async () => {
    // Builds the command line when its sources are newer.
    expect((await switchback(["--version"], process.cwd())).code).toBe(0);
  });

  describe.each(["embedded", "side-by-side", "pglite", "server"])("on %s", (engine) => {
    const times = engine === "embedded" ? often : seldom;
    let opened: Awaited<ReturnType<typeof openTarget>>;
    let runs: InterruptedRuns;
    let wholeMs: number;
    beforeAll(async () => {
      opened = await openTarget(engine);
      runs = new InterruptedRuns(opened.target);
      const whole = await runs.whole();
      expect(whole.left).toEqual([]);
      wholeMs = whole.ms;
    });
    afterAll(async () => {
      runs?.remove();
      await opened?.close();
    });

    it.each(kinds)("leaves nothing after %s, whenever it comes", { timeout: 600_000 }, async (kind) => {
      for (let i = 0; i < times[kind]; i++) {
        const ending = await runs.interrupted(kind, ((i + 0.5) / times[kind]) * wholeMs);
        process.stdout.write(`  ${engine} ${kind}: ${ending.phase}, exit code ${ending.code}\n`);
        expect(ending).toMatchObject({ problems: [] });
      }
    });
  });
});
