import { expect } from "vitest";
import type { JsonReport } from "#core/report/json.ts";
import type { GitHubStandIn } from "../github-stand-in/server.ts";
import { runBundle } from "../run-bundle.ts";
import { drifting, good, merged, pullPayload } from "./shop.ts";
import { inShop, type Manner } from "./story.ts";

const incomplete = { ...good, ...drifting };
const complete = {
  ...incomplete,
  "migrations/000004_user_status.down.sql": "ALTER TABLE users DROP COLUMN status;\nDROP TYPE user_status;\n",
};

/** A down that leaves a type behind is proved to do so on the engine; the next push drops it. */
export function proofOfDrift(
  bundle: string,
  engine: "pglite" | "embedded",
  { node, inputs }: Manner = {},
): Promise<GitHubStandIn> {
  return inShop(async (github) => {
    const play = async (files: Readonly<Record<string, string>>) => {
      const run = await runBundle(github, {
        bundle,
        event: "pull_request",
        payload: pullPayload(github, github.state.open(7, "main", files)),
        checkout: { ...merged, ...files },
        inputs: { ...inputs, engine, "round-trip": "required" },
        ...(node ? { node } : {}),
      });
      const report = JSON.parse(run.file("temp/switchback-report.json") ?? "{}") as JsonReport;
      expect(report.engine).toMatchObject({ name: engine, postgres: expect.stringMatching(/^18\./) });
      return { run, verdicts: report.roundTrips.map(({ status }) => status) };
    };

    const first = await play(incomplete);
    expect(first.verdicts).toEqual(["reversible", "drift"]);
    expect(first.run.exitCode).toBe(1);
    expect(github.state.comments[0]?.body).toContain("type user_status is left after down");

    const second = await play(complete);
    expect(second.verdicts).toEqual(["reversible", "reversible"]);
    expect(second.run.outputs).toMatchObject({ conclusion: "success", "round-trips": "2" });
    expect(github.state.comments.map(({ body }) => body.slice(0, 2))).toEqual(["✓ "]);
  });
}
