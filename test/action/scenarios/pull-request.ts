import { expect } from "vitest";
import type { GitHubStandIn } from "../github-stand-in/server.ts";
import { runBundle } from "../run-bundle.ts";
import { good, merged, pullPayload, slow } from "./shop.ts";
import { inShop, type Manner, unproved } from "./story.ts";

/** Each plays one story with a bundle, and throws where the bundle does not behave. */

/** Opened with a problem, pushed again without a change, then fixed. */
export function calmLife(bundle: string, manner: Manner = unproved): Promise<GitHubStandIn> {
  return inShop(async (github) => {
    const { state } = github;
    state.comments.push(
      ...Array.from({ length: 120 }, () => ({ id: state.id(), pull: 7, body: "+1", author: "somebody" })),
      // Anybody can copy the marker.
      { id: state.id(), pull: 7, body: "all is well\n\n<!-- switchback:migrations -->", author: "stranger" },
    );
    const strangers = state.comments.length;
    const play = async (files: Readonly<Record<string, string>>) => {
      const pull = state.open(7, "main", files);
      return runBundle(github, {
        bundle,
        event: "pull_request",
        payload: pullPayload(github, pull),
        checkout: { ...merged, ...files },
        ...manner,
      });
    };
    state.open(8, "main", { "migrations/000003_refunds.up.sql": "SELECT 1;" }, { title: "Add refunds" });

    const first = await play(slow);
    expect(first.exitCode).toBe(1);
    expect(first.outputs).toMatchObject({ conclusion: "failure", "error-count": "1", collisions: "1" });
    expect(state.comments.length).toBe(strangers + 1);
    expect(state.reviewComments.length).toBe(1);
    expect(state.reviewComments[0]?.body).toContain("```suggestion\nCREATE INDEX CONCURRENTLY");

    // Only the time that the run took is another one.
    const written = state.comments.at(-1)?.body.replace(/\d+(\.\d)? m?s/, "3 min 20 s");
    Object.assign(state.comments.at(-1) ?? {}, { body: written });
    const second = await play(slow);
    expect(second.exitCode).toBe(1);
    expect(state.comments.length).toBe(strangers + 1);
    expect(state.comments.at(-1)?.body).toBe(written);
    expect(state.reviewComments.length).toBe(1);

    state.pulls.splice(0, state.pulls.length);
    const third = await play(good);
    expect(third.exitCode).toBe(0);
    expect(third.outputs["conclusion"]).toBe("success");
    expect(state.comments.length).toBe(strangers + 1);
    expect(state.comments.at(-1)?.body).toMatch(/^✓ /);
    expect(state.comments.at(-2)?.body).toMatch(/^all is well/);
  });
}

/** Two fixes; GitHub does not take the line of the first. */
export function refusedLine(bundle: string): Promise<GitHubStandIn> {
  return inShop(async (github) => {
    const files = {
      "migrations/000003_one.up.sql": "CREATE INDEX one ON orders (user_id);\n",
      "migrations/000003_one.down.sql": "DROP INDEX one;\n",
      "migrations/000004_two.up.sql": "CREATE INDEX two ON users (email);\n",
      "migrations/000004_two.down.sql": "DROP INDEX two;\n",
    };
    const pull = github.state.open(7, "main", files);
    github.state.refusedLines.push({ path: "migrations/000003_one.up.sql", line: 1 });
    const run = await runBundle(github, {
      bundle,
      event: "pull_request",
      payload: pullPayload(github, pull),
      checkout: { ...merged, ...files },
      ...unproved,
    });
    expect(github.state.reviewComments.map(({ path }) => path)).toEqual(["migrations/000004_two.up.sql"]);
    // What has no suggestion is said beside its line instead.
    expect(run.log).toMatch(/::error title=require-concurrent-index,file=migrations\/000003_one\.up\.sql/);
    expect(run.log).not.toMatch(/::error [^\n]*000004_two/);
  });
}

/** The migration stands behind a hundred other files. */
export function manyFiles(bundle: string): Promise<GitHubStandIn> {
  return inShop(async (github) => {
    const pull = github.state.open(7, "main", slow, { filler: 150 });
    const run = await runBundle(github, {
      bundle,
      event: "pull_request",
      payload: pullPayload(github, pull),
      checkout: { ...merged, ...slow },
      ...unproved,
    });
    expect(run.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
  });
}

/** GitHub stores the comment, and its answer is a 502. */
export function storedButLost(bundle: string): Promise<GitHubStandIn> {
  return inShop(async (github) => {
    const pull = github.state.open(7, "main", slow);
    const path = /\/issues\/7\/comments$/;
    github.refuse({ method: "POST", path, status: 502, message: "Bad Gateway", times: 1, afterwards: true });
    const run = await runBundle(github, {
      bundle,
      event: "pull_request",
      payload: pullPayload(github, pull),
      checkout: { ...merged, ...slow },
      ...unproved,
    });
    expect(github.state.comments.length).toBe(1);
    expect(run.log).not.toContain("::warning");
  });
}
