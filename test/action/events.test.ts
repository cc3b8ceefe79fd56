import { describe, expect, it } from "vitest";
import type { Bundle } from "./build-bundle.ts";
import { payloads } from "./github-stand-in/payloads.ts";
import type { GitHubStandIn } from "./github-stand-in/server.ts";
import { transcript } from "./github-stand-in/transcript.ts";
import { openShopForEach } from "./open-shop-for-each.ts";
import { type BundleRun, runBundle } from "./run-bundle.ts";
import { queueCollision } from "./scenarios/merge-queue.ts";
import { good, merged, pullPayload, slow } from "./scenarios/shop.ts";

let bundle: Bundle;
let github: GitHubStandIn;
openShopForEach((opened, built) => {
  github = opened;
  bundle = built;
});

function run(more: Pick<BundleRun, "event" | "payload" | "checkout"> & Partial<BundleRun>) {
  return runBundle(github, { bundle: bundle.main, inputs: { "round-trip": "off" }, ...more });
}

describe("pull_request", () => {
  it("that touches no migration says nothing", async () => {
    const pull = github.state.open(7, "main", { "README.md": "# Shop, better\n" });
    const payload = pullPayload(github, pull);
    const result = await run({ event: "pull_request", payload, checkout: merged });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ conclusion: "success", "changed-migrations": "[]" });
    expect(github.state.comments).toEqual([]);
    await expect(transcript(github.calls)).toMatchFileSnapshot("transcripts/nothing-changed.txt");
  });

  it("with a version that the base took meanwhile fails, and prints how to move", async () => {
    const pull = github.state.open(7, "main", slow);
    github.state.push("main", { ...merged, ...good });
    const payload = pullPayload(github, pull);
    const result = await run({ event: "pull_request", payload, checkout: { ...merged, ...slow } });
    expect(result.outputs).toMatchObject({ conclusion: "failure", collisions: "1" });
    expect(result.summary).toContain(
      "git mv migrations/000003_index_orders.up.sql migrations/000004_index_orders.up.sql",
    );
  });

  it("that deletes a merged migration links to where it stands, and brings both files back", async () => {
    const gone = ["migrations/000002_orders.up.sql", "migrations/000002_orders.down.sql"];
    const base = github.state.repository.branches.get("main");
    const pull = github.state.open(7, "main", Object.fromEntries(gone.map((path) => [path, null])));
    const left = Object.fromEntries(Object.entries(merged).filter(([path]) => !gone.includes(path)));
    const result = await run({ event: "pull_request", payload: pullPayload(github, pull), checkout: left });
    expect(result.summary).toContain(`/blob/${base}/${gone[0]}#L1`);
    expect(result.summary).toContain(`git checkout origin/main -- ${gone.join(" ")}`);
  });

  it("that is stacked on another looks at the pull requests to the branch below, too", async () => {
    const { state } = github;
    const below = state.open(7, "main", good, { headRef: "invoices" });
    state.repository.branches.set("invoices", below.headSha);
    state.open(8, "main", { "migrations/000004_refunds.up.sql": "SELECT 1;" }, { title: "Add refunds" });
    const own = { "migrations/000004_paid.up.sql": "CREATE TABLE paid (id bigint PRIMARY KEY);\n" };
    const payload = pullPayload(github, state.open(9, "invoices", own));
    const result = await run({
      event: "pull_request",
      payload,
      checkout: { ...merged, ...good, ...own },
      inputs: { "round-trip": "off", comment: "false" },
    });
    expect(result.outputs).toMatchObject({ collisions: "1", "changed-migrations": '["000004_paid"]' });
    expect(result.summary).toContain("version 000004 is also used by #8");
    expect(result.summary).toContain("2 other open pull requests looked at");
  });

  it("works without a checkout, and says that nobody saw a configuration", async () => {
    const pull = github.state.open(7, "main", slow);
    const result = await run({ event: "pull_request", payload: pullPayload(github, pull), checkout: null });
    expect(result.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
    expect(result.summary).toContain("a switchback.jsonc of the repository was not read");
  });
});

describe("merge_group", () => {
  it("fails where the queue ahead took the version, and writes no comment", async () => {
    const { calls } = await queueCollision(bundle.main);
    await expect(transcript(calls)).toMatchFileSnapshot("transcripts/merge-queue-collision.txt");
  });
});

describe("push", () => {
  it("reports what came with it", async () => {
    const before = github.state.repository.branches.get("main");
    const after = github.state.push("main", { ...merged, ...slow });
    const [, , example] = payloads("push");
    const payload = { ...example, ref: "refs/heads/main", before, after, deleted: false };
    const result = await run({ event: "push", payload, checkout: { ...merged, ...slow } });
    expect(result.outputs["changed-migrations"]).toBe('["000003_index_orders"]');
    expect(result.log).toMatch(/::error title=require-concurrent-index/);
  });

  it("of a new branch is compared with the default branch", async () => {
    const fork = github.state.repository.branches.get("main") ?? "";
    const after = github.state.repository.commit({ ...merged, ...good }, fork);
    const repository = { default_branch: "main" };
    const payload = { ref: "refs/heads/topic", before: "0".repeat(40), after, repository };
    const result = await run({ event: "push", payload, checkout: { ...merged, ...good } });
    expect(result.outputs).toMatchObject({
      conclusion: "success",
      "changed-migrations": '["000003_invoices"]',
    });
  });
});

describe.each(["workflow_dispatch", "schedule"])("%s", (event) => {
  it("checks the whole folder", async () => {
    const payload = payloads(event)[0] ?? {};
    const result = await run({ event, payload, checkout: merged });
    expect(result.exitCode).toBe(0);
    expect(result.outputs["changed-migrations"]).toBe('["000001_users","000002_orders"]');
    expect(github.calls).toEqual([]);
  });
});

describe("workflow_run", () => {
  const payloadFor = (sha: string, branch: string) => {
    const [example] = payloads("workflow_run");
    const workflow_run = {
      ...example?.workflow_run,
      event: "pull_request",
      head_sha: sha,
      head_branch: branch,
      head_repository: { owner: { login: "stranger" } },
      pull_requests: [],
    };
    return { ...example, workflow_run };
  };

  it("finds the fork's pull request and comments on it", async () => {
    const pull = github.state.open(7, "main", slow, { headOwner: "stranger" });
    github.state.open(9, "main", good, { headRef: pull.headRef });
    const payload = payloadFor(pull.headSha, pull.headRef);
    const result = await run({ event: "workflow_run", payload, checkout: merged });
    expect(result.exitCode).toBe(1);
    expect(github.state.comments.map((comment) => comment.pull)).toEqual([7]);
    expect(github.state.reviewComments).toHaveLength(1);
    await expect(transcript(github.calls)).toMatchFileSnapshot("transcripts/workflow-run-of-a-fork.txt");
  });

  it("finds it among many whose branch is called alike", async () => {
    const headRef = "patch-1";
    for (let number = 100; number < 160; number++)
      github.state.open(number, "main", good, { headRef, headOwner: `fork-${number}` });
    const pull = github.state.open(160, "main", slow, { headRef, headOwner: "stranger" });
    const payload = payloadFor(pull.headSha, headRef);
    await run({ event: "workflow_run", payload, checkout: merged });
    expect(github.state.comments.map((comment) => comment.pull)).toEqual([160]);
  });

  it("says nothing about a head that was pushed over", async () => {
    github.state.open(7, "main", slow, { headOwner: "stranger" });
    const payload = payloadFor("e".repeat(40), "topic-7");
    const result = await run({ event: "workflow_run", payload, checkout: merged });
    expect(result.exitCode).toBe(0);
    expect(result.outputs["conclusion"]).toBe("skipped");
    expect(github.state.comments).toEqual([]);
  });
});

it("an event that Switchback does not know is skipped with a notice", async () => {
  const result = await run({ event: "issues", payload: {}, checkout: merged });
  expect(result.exitCode).toBe(0);
  expect(result.outputs["conclusion"]).toBe("skipped");
  expect(result.log).toContain("::notice::");
});

it.each([
  ["", "is empty"],
  ["{ torn", "is no JSON"],
  ["null", "holds no event"],
  ["[1]", "holds no event"],
])("a file of the event that is none is told with its name: %j", async (payload, words) => {
  for (const token of ["secret-token", ""]) {
    const result = await run({ event: "push", payload, checkout: merged, inputs: { "github-token": token } });
    expect(result.exitCode).toBe(1);
    expect(result.outputs["conclusion"]).toBe("error");
    expect(result.log).toMatch(
      /^::error::The file of the event, \S+\/event\.json \(GITHUB_EVENT_PATH\), [^\n]+\n$/,
    );
    expect(result.log).toContain(words);
    expect(result.log).toContain("start the job again");
  }
});

it("a file of the event that is not there is told with its name", async () => {
  const env = { GITHUB_EVENT_PATH: "/nowhere/event.json" };
  const result = await run({ event: "push", payload: {}, checkout: merged, env });
  expect(result.outputs["conclusion"]).toBe("error");
  expect(result.log).toMatch(
    /^::error::[^\n]*\/nowhere\/event\.json \(GITHUB_EVENT_PATH\), cannot be read \(ENOENT[^\n]*\n$/,
  );
});

it.each([
  [{ "fail-on": "errors" }, 'fail-on wants error, warning or never, not "errors"'],
  [{ comment: "maybe" }, 'comment wants true or false, not "maybe"'],
  [{ path: "db/nothing" }, "There is no folder db/nothing here"],
  [{ "working-directory": "srevices" }, "The input working-directory is srevices."],
  [{ "working-directory": "README.md" }, "The input working-directory is README.md."],
  [{ path: "services/*/migrations" }, "several want a job each"],
  [{ path: "../elsewhere" }, "The migration folder ../elsewhere is outside of the repository."],
  [{ path: "/migrations" }, "The migration folder /migrations is outside of the repository."],
  [
    { path: "migrations/000001_users.up.sql" },
    "migrations/000001_users.up.sql is a file, and the input path names the migration folder.",
  ],
  [
    { "start-after": "20" },
    "start-after 20 is past the newest migration, 000002_orders, so nothing is checked.",
  ],
  [{ config: "missing.jsonc" }, "missing.jsonc: there is no such file"],
  [{ config: "." }, ".: it is a folder, and the configuration is a file"],
])("bad input %j is told in words", async (inputs, words) => {
  const payload = payloads("workflow_dispatch")[0] ?? {};
  const result = await run({ event: "workflow_dispatch", payload, checkout: merged, inputs });
  expect(result.exitCode).toBe(1);
  expect(result.outputs["conclusion"]).toBe("error");
  expect(result.log).toContain(words);
});

it.each([
  [{ "sarif-file": "migrations" }, {}, "::error::sarif-file migrations cannot be written"],
  [{ "sarif-file": "README.md/x" }, {}, "::error::sarif-file README.md/x cannot be written"],
  [{}, { RUNNER_TEMP: "/dev/null" }, "::error::the report cannot be written"],
  [{}, { GITHUB_STEP_SUMMARY: "/" }, "::warning::The summary of the run could not be written"],
])("a file that cannot be written is told in words: %j %j", async (inputs, env, words) => {
  const payload = payloads("workflow_dispatch")[0] ?? {};
  const event = "workflow_dispatch";
  const result = await run({
    event,
    payload,
    checkout: merged,
    env,
    inputs: { "round-trip": "off", ...inputs },
  });
  expect(result.log).toContain(words);
  expect(result.outputs).toMatchObject({ conclusion: "success", "sarif-file": "" });
  expect(result.outputs["report-file"] === "").toBe("RUNNER_TEMP" in env);
  expect(result.exitCode).toBe(words.startsWith("::error") ? 1 : 0);
});

it.each([
  // Where a daemon answers, this image is what it does not have.
  [
    { engine: "docker", image: "localhost:1/nowhere" },
    "(no Docker daemon answers: start Docker, or use engine: |the image localhost:1/nowhere cannot be had)",
  ],
  [{ engine: "server" }, "the engine server needs a URL, such as server-url: postgres://"],
])("an engine that is not there is named in words, beside the job too: %j", async (inputs, words) => {
  const play = (more: Readonly<Record<string, string>>) =>
    run({ event: "workflow_dispatch", payload: {}, checkout: merged, inputs: { ...inputs, ...more } });
  const goesOn = await play({});
  expect(goesOn.outputs["conclusion"]).toBe("success");
  expect(goesOn.log).toMatch(new RegExp(`^::warning::${words}`, "m"));
  const fails = await play({ "round-trip": "required" });
  expect(fails.outputs["conclusion"]).toBe("failure");
  expect(fails.log).toMatch(new RegExp(`^::error::${words}.*round-trip is required`, "m"));
});

it("the SARIF file is named for the steps that follow, which start at the workspace", async () => {
  const checkout = Object.fromEntries(Object.entries(merged).map(([path, text]) => [`shop/${path}`, text]));
  const inputs = { "round-trip": "off", "working-directory": "shop", "sarif-file": "out/x.sarif" };
  const result = await run({ event: "workflow_dispatch", payload: {}, checkout, inputs });
  expect(result.outputs["sarif-file"]).toBe("shop/out/x.sarif");
});
