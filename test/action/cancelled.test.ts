import { expect, it } from "vitest";
import type { Bundle } from "./build-bundle.ts";
import type { GitHubStandIn } from "./github-stand-in/server.ts";
import { openShopForEach } from "./open-shop-for-each.ts";
import { runBundle } from "./run-bundle.ts";
import { merged, pullPayload, slow } from "./scenarios/shop.ts";

let bundle: Bundle;
let github: GitHubStandIn;
openShopForEach((opened, built) => {
  github = opened;
  bundle = built;
});

it("a job that is cancelled while GitHub lets it wait ends at once, and writes nothing", async () => {
  const limit = { status: 403, message: "You have exceeded a secondary rate limit", times: 1 };
  github.refuse({ method: "GET", path: /\/files$/, ...limit, headers: { "retry-after": "60" } });
  const run = await runBundle(github, {
    bundle: bundle.main,
    event: "pull_request",
    payload: pullPayload(github, github.state.open(7, "main", slow)),
    checkout: { ...merged, ...slow },
    inputs: { "round-trip": "off" },
    cancelled: github.asked,
  });
  expect(run.exitCode).toBe(1);
  expect(run.log).toContain("The job was cancelled.");
  expect(run.summary).toBe("");
  expect(github.calls.filter(({ method }) => method !== "GET")).toEqual([]);
});
