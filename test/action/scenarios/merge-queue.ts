import { expect } from "vitest";
import { payloads } from "../github-stand-in/payloads.ts";
import type { GitHubStandIn } from "../github-stand-in/server.ts";
import { runBundle } from "../run-bundle.ts";
import { good, merged, slow } from "./shop.ts";
import { inShop, type Manner, unproved } from "./story.ts";

/** The queue ahead took the version: the run fails, and writes no comment. */
export function queueCollision(bundle: string, manner: Manner = unproved): Promise<GitHubStandIn> {
  return inShop(async (github) => {
    const [example] = payloads("merge_group");
    const base = github.state.push("queue", { ...merged, ...good });
    const head = github.state.push("queue", { ...merged, ...good, ...slow });
    const merge_group = { ...example?.merge_group, base_sha: base, head_sha: head };
    const run = await runBundle(github, {
      bundle,
      event: "merge_group",
      payload: { ...example, merge_group },
      checkout: { ...merged, ...good, ...slow },
      ...manner,
    });
    expect(run.exitCode).toBe(1);
    expect(run.outputs["collisions"]).toBe("1");
    expect(run.log).toContain("title=duplicate-on-base");
    expect(github.calls.every(({ method }) => method === "GET" || method === "POST")).toBe(true);
    expect(github.state.comments).toEqual([]);
  });
}
