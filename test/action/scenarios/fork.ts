import { expect } from "vitest";
import type { GitHubStandIn } from "../github-stand-in/server.ts";
import { runBundle } from "../run-bundle.ts";
import { merged, pullPayload, slow } from "./shop.ts";
import { inShop, type Manner, unproved } from "./story.ts";

/** A fork's token may only read: the report goes to annotations and summary, with one warning. */
export function forkThatMayNotWrite(bundle: string, manner: Manner = unproved): Promise<GitHubStandIn> {
  return inShop(async (github) => {
    const message = "Resource not accessible by integration";
    github.refuse({ method: "POST", path: /^\/repos/, status: 403, message });
    const run = await runBundle(github, {
      bundle,
      event: "pull_request",
      payload: pullPayload(github, github.state.open(7, "main", slow, { headOwner: "stranger" })),
      checkout: { ...merged, ...slow },
      ...manner,
    });
    expect(run.exitCode).toBe(1);
    expect(run.log.match(/::warning::/g)).toHaveLength(1);
    expect(run.log).toContain("comes from a fork");
    expect(run.log).toMatch(/::error title=require-concurrent-index/);
    expect(run.summary).toContain("1 of 1 needs attention");
  });
}
