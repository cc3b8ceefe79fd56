import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Bundle } from "./build-bundle.ts";
import type { GitHubStandIn } from "./github-stand-in/server.ts";
import { openShopForEach } from "./open-shop-for-each.ts";
import { type BundleRun, runBundle } from "./run-bundle.ts";
import { good, merged, pullPayload, slow } from "./scenarios/shop.ts";

let bundle: Bundle;
let github: GitHubStandIn;
openShopForEach((opened, built) => {
  github = opened;
  bundle = built;
});

type Files = Readonly<Record<string, string>>;

/** Pull request 7, with `files` over main, on a runner whose workspace looks like this. */
function check(files: Files, run: Partial<BundleRun>, inputs: Files = {}) {
  return runBundle(github, {
    bundle: bundle.main,
    event: "pull_request",
    payload: run.payload ?? pullPayload(github, github.state.open(7, "main", files)),
    checkout: { ...merged, ...files },
    ...run,
    inputs: { "round-trip": "off", ...inputs },
  });
}

const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const moved = (files: Files, to: string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/^migrations/, to), text]));
const gitConfig = (url: string) =>
  `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n[gc]\n\tauto = 0\n`;
const seen = '["000003_index_orders"]';

describe("a repository that was checked out below the workspace", () => {
  const checkout = {
    ...below("app", { ...merged, ...slow }),
    "app/.git/config": gitConfig("https://github.com/octo/shop"),
  };

  it.each<Files>([{ path: "app/migrations" }, { "working-directory": "app" }])(
    "has its own paths: %j",
    async (inputs) => {
      const run = await check(slow, { checkout }, inputs);
      expect(run.outputs["changed-migrations"]).toBe(seen);
      expect(run.log).not.toMatch(/^::error title=[\w-]+,file=app/m);
      expect(github.state.reviewComments.map(({ path }) => path)).toEqual([
        "migrations/000003_index_orders.up.sql",
      ]);
    },
  );

  it("is another one where its origin says so: no change of ours is in it", async () => {
    const other = { ...checkout, "app/.git/config": gitConfig("git@github.com:octo/workshop.git") };
    const run = await check(slow, { checkout: other }, { path: "app/migrations" });
    expect(run.outputs["changed-migrations"]).toBe("[]");
  });
});

it("a folder behind a link is the folder that it leads to", async () => {
  github.state.push("main", moved(merged, "db/sql"));
  const files = moved(slow, "db/sql");
  const checkout = { ...moved(merged, "db/sql"), ...files };
  const run = await check(files, { checkout, links: { migrations: "db/sql" } });
  expect(run.outputs["changed-migrations"]).toBe(seen);
});

it.each<[what: string, checkout: Files]>([
  ["the base alone", merged],
  ["a part of the folder", { "migrations/000001_users.up.sql": merged["migrations/000001_users.up.sql"] }],
])("a checkout of %s does not hide what the pull request adds", async (_, checkout) => {
  const run = await check(slow, { checkout });
  expect(run.outputs).toMatchObject({ conclusion: "failure", "changed-migrations": seen });
});

it.each<[what: string, change: Readonly<Record<string, string | null>>, words: string]>([
  ["edits", { "migrations/000002_orders.up.sql": "CREATE TABLE orders (id int);\n" }, "was edited"],
  [
    "deletes",
    { "migrations/000002_orders.up.sql": null, "migrations/000002_orders.down.sql": null },
    "was deleted",
  ],
])("a checkout of the base alone does not hide what the pull request %s", async (_, change, words) => {
  const payload = pullPayload(github, github.state.open(7, "main", change));
  const run = await check({}, { payload, checkout: merged });
  expect(run.outputs["conclusion"]).toBe("failure");
  expect(run.log).toContain(`000002_orders is on main and ${words}`);
});

const goose = (up: string, down: string) => `-- +goose Up\n${up}\n-- +goose Down\n${down}\n`;

it.each<[layout: string, base: Files, change: Files, name: string]>([
  [
    "goose",
    { "migrations/00001_a.sql": goose("CREATE TABLE a (id bigint PRIMARY KEY);", "DROP TABLE a;") },
    { "migrations/00002_b.sql": goose("CREATE TABLE b (id bigint PRIMARY KEY);", "DROP TABLE b;") },
    "00002_b",
  ],
  [
    "sqlx",
    { "Cargo.toml": '[dependencies]\nsqlx = "0.8"\n', "migrations/1_a.sql": "SELECT 1;\n" },
    { "migrations/2_b.sql": "CREATE TABLE b (id bigint PRIMARY KEY);\n" },
    "2_b",
  ],
])("a folder that is not checked out tells its layout, too: %s", async (layout, base, change, name) => {
  github.state.push("main", base);
  const payload = pullPayload(github, github.state.open(7, "main", change));
  for (const event of ["pull_request", "pull_request_target"]) {
    const run = await check({}, { event, payload, checkout: null });
    const report = JSON.parse(run.file("temp/switchback-report.json") ?? "{}");
    expect(report.layout).toBe(layout);
    expect(run.outputs["changed-migrations"]).toBe(JSON.stringify([name]));
  }
});

it("a checkout with the line ends of Windows is the pull request's", async () => {
  const checkout = Object.fromEntries(
    Object.entries({ ...merged, ...slow }).map(([path, text]) => [path, text.replaceAll("\n", "\r\n")]),
  );
  const run = await check(slow, { checkout });
  expect(run.outputs["changed-migrations"]).toBe(seen);
  const { headSha } = github.state.pulls[0] ?? {};
  expect(github.calls.filter(({ path }) => path.includes(`/trees/${headSha}`))).toEqual([]);
});

it("an empty folder is no success where all of it was to be checked", async () => {
  const checkout = { "migrations/.keep": "" };
  const run = await check({}, { event: "workflow_dispatch", payload: {}, checkout });
  expect(run.exitCode).toBe(1);
  expect(run.outputs["conclusion"]).toBe("error");
  expect(run.log).toContain(
    "migrations holds no golang-migrate migration, such as 000001_create_users.up.sql",
  );
});

describe("a folder that the base does not have", () => {
  const here = moved(slow, "db/migrations");
  const there = moved(merged, "db/migrations");
  const inputs = { path: "db/migrations" };
  const gone = Object.fromEntries(
    Object.keys(merged).flatMap((path) => (path.startsWith("migrations/") ? [[path, null]] : [])),
  );

  it.each(["pull_request", "merge_group"])("has moved: what moved is not new (%s)", async (event) => {
    const base_sha = github.state.repository.branches.get("main") ?? "";
    const pull = github.state.open(7, "main", { ...gone, ...there, ...here });
    const payload =
      event === "merge_group"
        ? { merge_group: { base_ref: "refs/heads/main", base_sha, head_sha: pull.headSha } }
        : pullPayload(github, pull);
    const run = await check({}, { event, payload, checkout: { ...there, ...here } }, inputs);
    expect(run.outputs).toMatchObject({ conclusion: "failure", "changed-migrations": seen });
  });

  it("is a copy: all of it is new", async () => {
    const files = { ...there, ...here };
    const run = await check(files, { checkout: { ...merged, ...files } }, inputs);
    expect(JSON.parse(run.outputs["changed-migrations"] ?? "")).toHaveLength(3);
  });
});

describe("a submodule with the migrations", () => {
  const inputs = { path: "db/migrations" };

  it("that moves to another commit is checked whole, which is said", async () => {
    github.state.push("main", { "README.md": "# Shop\n", db: "submodule 1" });
    const checkout = { ...below("db", { ...merged, ...good }), "db/.git": "gitdir: ../.git/modules/db\n" };
    const run = await check({ db: "submodule 2" }, { checkout }, inputs);
    expect(run.outputs["changed-migrations"]).toBe('["000001_users","000002_orders","000003_invoices"]');
    expect(run.summary).toContain("inside of db, a submodule, cannot be seen");
  });

  it("is seen to move by a push, too", async () => {
    const before = github.state.push("main", { db: "submodule 1" });
    const after = github.state.push("main", { db: "submodule 2" });
    const payload = { ref: "refs/heads/main", before, after };
    const run = await check({}, { event: "push", payload, checkout: below("db", merged) }, inputs);
    expect(run.outputs["changed-migrations"]).toBe('["000001_users","000002_orders"]');
  });
});

describe("the checkout's own git", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "switchback-clone-"));
    git("", "init", "-q", "-b", "main", "origin");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const git = (at: string, ...words: string[]) =>
    execFileSync("git", ["-c", "user.name=o", "-c", "user.email=o@example.com", ...words], {
      cwd: join(folder, at),
      encoding: "utf8",
    }).trim();
  const commit = (files: Files) => {
    for (const [path, text] of Object.entries(files)) {
      const full = join(folder, "origin", path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
    git("origin", "add", ".");
    git("origin", "commit", "-qm", "x");
    return git("origin", "rev-parse", "HEAD");
  };
  const inClone = (
    payload: object,
    more: Partial<BundleRun> = {},
    inputs: Files = { "github-token": "" },
  ) => {
    const env = { GITHUB_WORKSPACE: join(folder, "clone") };
    return check({}, { event: "push", payload, checkout: {}, env, ...more }, inputs);
  };
  const unread = "could not be read, so the order";

  it.each([
    ["without a token", false],
    ["with a token that may read nothing", true],
  ])("tells what the first push of a branch brings, and what the base has: %s", async (_, token) => {
    commit(merged);
    git("origin", "switch", "-qc", "topic");
    const after = commit(slow);
    git("origin", "switch", "-q", "main");
    const tip = commit({ ...good, "migrations/000003_taken.up.sql": "SELECT 1;\n" });
    git("", "clone", "-q", "-b", "topic", "origin", "clone");
    if (token) github.refuse({ method: "GET", path: /./, status: 404, message: "Not Found" });
    const repository = { default_branch: "main" };
    const payload = { ref: "refs/heads/topic", before: "0".repeat(40), after, repository };
    const run = await inClone(payload, {}, token ? {} : { "github-token": "" });
    expect(run.outputs["changed-migrations"]).toBe(seen);
    expect(run.outputs["collisions"]).toBe("1");
    expect(run.summary).toContain(`base main@${tip.slice(0, 7)}`);
    expect(run.summary).not.toContain(unread);
  });

  it("has the base of a pull request as origin's branch where its commit was not fetched", async () => {
    commit(merged);
    git("origin", "switch", "-qc", "topic");
    commit(slow);
    git("", "clone", "-q", "-b", "topic", "origin", "clone");
    const payload = pullPayload(github, github.state.open(7, "main", slow));
    const run = await inClone(payload, { event: "pull_request" });
    expect(run.outputs["changed-migrations"]).toBe(seen);
    expect(run.summary).not.toContain(unread);
  });

  it("is not asked what changed where it is the base's own: pull_request_target", async () => {
    commit(merged);
    git("", "clone", "-q", "origin", "clone");
    github.refuse({ method: "GET", path: /\/(pulls|compare)\//, status: 403, message: "Forbidden" });
    const payload = pullPayload(github, github.state.open(7, "main", slow));
    const run = await inClone(payload, { event: "pull_request_target" }, {});
    expect(run.outputs).toMatchObject({ conclusion: "failure", "error-count": "1" });
    expect(run.summary).toContain("What changed could not be seen, so every migration was checked.");
  });

  it("has what a branch was forced away from compared with the default branch", async () => {
    commit(merged);
    git("origin", "switch", "-qc", "topic");
    const after = commit(slow);
    git("", "clone", "-q", "-b", "topic", "origin", "clone");
    const repository = { default_branch: "main" };
    const payload = { ref: "refs/heads/topic", before: "b".repeat(40), after, repository };
    const run = await inClone(payload);
    expect(run.outputs["changed-migrations"]).toBe(seen);
    expect(run.summary).toContain(
      "The commit bbbbbbb, which topic was at before this push, is not in the checkout: what changed was looked for since main instead.",
    );
    expect(run.summary).not.toMatch(/token needs|could not be read/);
  });
});

describe("a push over a commit that is gone", () => {
  const repository = { default_branch: "main" };
  const before = "b".repeat(40);

  it("is compared with the default branch, which is said", async () => {
    const fork = github.state.repository.branches.get("main") ?? "";
    const after = github.state.repository.commit({ ...merged, ...slow }, fork);
    const payload = { ref: "refs/heads/topic", before, after, forced: true, repository };
    const run = await check(slow, { event: "push", payload });
    expect(run.outputs["changed-migrations"]).toBe(seen);
    expect(run.summary).toContain(
      "The commit bbbbbbb, which topic was at before this push, is gone, as after a force push: what changed was looked for since main instead.",
    );
    expect(run.summary).toContain("base main@");
    expect(run.log + run.summary).not.toMatch(/token needs|could not be read/);
  });

  it("to the default branch itself is checked whole, which is said", async () => {
    const after = github.state.push("main", { ...merged, ...good });
    const payload = { ref: "refs/heads/main", before, after, forced: true, repository };
    const run = await check(good, { event: "push", payload });
    expect(JSON.parse(run.outputs["changed-migrations"] ?? "")).toHaveLength(3);
    expect(run.outputs["conclusion"]).toBe("success");
    expect(run.summary).toContain(
      "The commit bbbbbbb, which main was at before this push, is gone, as after a force push: every migration was checked.",
    );
    expect(run.log + run.summary).not.toMatch(/token needs|could not be read/);
  });

  it("is no such push where the token may read nothing", async () => {
    github.refuse({ method: "GET", path: /./, status: 404, message: "Not Found" });
    const after = github.state.push("main", { ...merged, ...good });
    const payload = { ref: "refs/heads/main", before, after, repository };
    const run = await check(good, { event: "push", payload });
    expect(run.summary).toContain("The token needs contents: read");
    expect(run.summary).not.toContain("is gone");
  });
});

it("what the base has just so is not this change's: a file of which the mode changed", async () => {
  github.state.push("main", { ...merged, ...slow });
  const pull = github.state.open(7, "main", {}, { modes: Object.keys(slow) });
  const payload = pullPayload(github, pull);
  const run = await check({}, { payload, checkout: { ...merged, ...slow } });
  expect(run.outputs).toMatchObject({ conclusion: "success", "changed-migrations": "[]" });
});
