import { describe, expect, it } from "vitest";
import type { Bundle } from "./build-bundle.ts";
import type { GitHubStandIn } from "./github-stand-in/server.ts";
import type { Pull } from "./github-stand-in/state.ts";
import { transcript } from "./github-stand-in/transcript.ts";
import { openShopForEach } from "./open-shop-for-each.ts";
import { type BundleResult, runBundle } from "./run-bundle.ts";
import { forkThatMayNotWrite } from "./scenarios/fork.ts";
import { merged, pullPayload, slow } from "./scenarios/shop.ts";

let bundle: Bundle;
let github: GitHubStandIn;
openShopForEach((opened, built) => {
  github = opened;
  bundle = built;
});

function check(pull: Pull, event = "pull_request"): Promise<BundleResult> {
  return runBundle(github, {
    bundle: bundle.main,
    event,
    payload: pullPayload(github, pull),
    checkout: { ...merged, ...slow },
    inputs: { "round-trip": "off" },
  });
}

const denied = { status: 403, message: "Resource not accessible by integration" };

describe("a write that GitHub refuses", () => {
  it("on a fork leaves the report to annotations and summary, with one warning", async () => {
    const { calls } = await forkThatMayNotWrite(bundle.main);
    await expect(transcript(calls)).toMatchFileSnapshot("transcripts/fork.txt");
  });

  it("to the review leaves the finding to the comment and the annotations", async () => {
    github.refuse({ method: "POST", path: /\/reviews$/, ...denied });
    const run = await check(github.state.open(7, "main", slow));
    expect(github.state.comments).toHaveLength(1);
    expect(github.state.comments[0]?.body).toContain("CREATE INDEX CONCURRENTLY");
    expect(run.log).toMatch(/::error title=require-concurrent-index/);
    expect(run.log).toContain("permissions: pull-requests: write");
  });

  it("to a new comment leaves the finding to its suggestion and the summary", async () => {
    github.refuse({ method: "POST", path: /\/issues\/7\/comments$/, ...denied });
    const run = await check(github.state.open(7, "main", slow));
    expect(github.state.reviewComments).toHaveLength(1);
    expect(run.log).not.toMatch(/::error title=require-concurrent-index/);
    expect(run.log).toContain("permissions: pull-requests: write");
  });

  it.each([
    [403, "Unable to create comment because issue is locked."],
    [403, "Repository was archived so is read-only."],
    [401, "Bad credentials"],
  ])("for another reason than a permission is told in GitHub's words: %i %s", async (status, message) => {
    github.refuse({ method: "POST", path: /^\/repos/, status, message });
    const run = await check(github.state.open(7, "main", slow));
    expect(run.log).toContain(`::warning::GitHub did not take the report for the pull request (${message}`);
  });

  it("to the old comment is one warning too", async () => {
    const body = "old\n\n<!-- switchback:migrations -->";
    github.state.comments.push({ id: 1, pull: 7, body, author: "github-actions[bot]" });
    github.refuse({ method: "PATCH", path: /\/issues\/comments/, ...denied });
    const run = await check(github.state.open(7, "main", slow));
    expect(github.state.comments.map((comment) => comment.body)).toEqual([body]);
    expect(run.log.match(/::warning::/g)).toHaveLength(1);
  });
});

describe("a token with contents: read alone", () => {
  it("compares trees, and says which permission would show more", async () => {
    github.refuse({ method: "GET", path: /\/(pulls|issues)\//, ...denied });
    github.refuse({ method: "POST", path: /./, ...denied });
    const run = await check(github.state.open(7, "main", slow));
    expect(run.outputs).toMatchObject({ conclusion: "failure", "error-count": "1" });
    expect(run.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
    expect(run.summary).toContain("the token needs pull-requests: read");
    expect(run.log.match(/::warning::/g)).toHaveLength(1);
    await expect(transcript(github.calls)).toMatchFileSnapshot("transcripts/contents-read-alone.txt");
  });

  it("checks everything where not even contents may be read, and says so", async () => {
    github.refuse({ method: "GET", path: /./, ...denied });
    github.refuse({ method: "POST", path: /./, ...denied });
    const run = await check(github.state.open(7, "main", slow));
    expect(run.exitCode).toBe(1);
    expect(run.outputs["changed-migrations"]).toContain("000001_users");
    expect(run.summary).toContain("The token needs contents: read");
  });
});

it("without a token the run says what that costs", async () => {
  const run = await runBundle(github, {
    bundle: bundle.main,
    event: "pull_request",
    payload: pullPayload(github, github.state.open(7, "main", slow)),
    checkout: { ...merged, ...slow },
    inputs: { "round-trip": "off", "github-token": "" },
  });
  expect(run.log).toContain("::warning::There is no github-token, so nothing is said on the pull request.");
  expect(run.summary).toContain(
    "There is no github-token, and only a checkout with fetch-depth: 0 would tell.",
  );
});

describe("a GitHub that stumbles", () => {
  it("is asked again after a 500", async () => {
    github.refuse({ method: "GET", path: /\/files$/, status: 500, message: "Oops", times: 1 });
    const run = await check(github.state.open(7, "main", slow));
    expect(run.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
    expect(run.log).not.toContain("::warning");
  });

  it("is written to again after a 500 that did nothing", async () => {
    github.refuse({ method: "POST", path: /\/issues\/7\/comments$/, status: 500, message: "Oops", times: 1 });
    await check(github.state.open(7, "main", slow));
    expect(github.state.comments).toHaveLength(1);
  });

  it("is waited for as long as its secondary rate limit asks", async () => {
    const message = "You have exceeded a secondary rate limit";
    const limit = { status: 403, message, headers: { "retry-after": "1" }, times: 1 };
    github.refuse({ method: "POST", path: /\/issues\/7\/comments$/, ...limit });
    const run = await check(github.state.open(7, "main", slow));
    expect(github.state.comments).toHaveLength(1);
    expect(run.ms).toBeGreaterThan(1000);
    await expect(transcript(github.calls)).toMatchFileSnapshot("transcripts/secondary-rate-limit.txt");
  });

  it("is not waited for an hour", async () => {
    const limit = { status: 403, message: "API rate limit exceeded", headers: { "retry-after": "3600" } };
    github.refuse({ method: "POST", path: /./, ...limit });
    const run = await check(github.state.open(7, "main", slow));
    expect(run.exitCode).toBe(1);
    expect(github.state.comments).toHaveLength(0);
  });
});

describe("an answer that is none", () => {
  const files = { method: "GET", path: /\/pulls\/7\/files$/ };
  const page = { status: 200, message: "", body: "<html>Sign in to the proxy</html>" };

  it.each([
    ["that is cut off", { ...files, status: 200, message: "", cut: true as const }],
    ["that is the page of a proxy", { ...files, ...page }],
  ])("%s is asked for again, and is no empty list", async (_, fault) => {
    github.refuse({ ...fault, times: 1 });
    const run = await check(github.state.open(7, "main", slow));
    expect(run.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
  });

  it("is done without where it stays so", async () => {
    github.refuse({ ...files, ...page });
    const run = await check(github.state.open(7, "main", slow));
    expect(run.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
    expect(run.log).not.toContain("bug in Switchback");
  });

  it("to a comment has it looked for before it is written again", async () => {
    const path = /\/issues\/7\/comments$/;
    github.refuse({ method: "POST", path, status: 201, message: "", cut: true, times: 1 });
    await check(github.state.open(7, "main", slow));
    expect(github.state.comments).toHaveLength(1);
  });
});

describe("a rate limit is no missing permission", () => {
  it.each([
    ["in GraphQL's words", 200, { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }],
    ["in a header", 403, { message: "API rate limit exceeded" }],
  ])("%s", async (_, status, body) => {
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${Date.now() / 1000 + 2400}` };
    github.refuse({ method: "POST", path: /./, status, message: "", headers, body });
    const run = await check(github.state.open(7, "main", slow));
    expect(run.summary).toContain("could not be looked at");
    expect(run.summary).toContain("API rate limit exceeded");
    expect(run.log + run.summary).not.toMatch(/permission|the token needs/);
  });
});

describe("what GitHub does not list", () => {
  it("beyond 3,000 files is found by comparing trees", async () => {
    const run = await check(github.state.open(7, "main", slow, { filler: 3001 }));
    expect(run.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
    expect(github.calls.filter(({ path }) => path.includes("/files?"))).toHaveLength(30);
  });

  it("is read from the base repository where the head's was deleted", async () => {
    const run = await check(github.state.open(7, "main", slow, { headOwner: null }), "pull_request_target");
    expect(run.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
    expect(github.state.comments).toHaveLength(1);
  });
});
