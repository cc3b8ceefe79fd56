import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
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

type Files = Readonly<Record<string, string>>;

/** The files of the shop in another folder. */
const inFolder = (folder: string, files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path.replace(/^migrations/, () => folder), text]),
  );

const kinds = [
  {
    jobs: "of two folders whose names are as long, in another alphabet",
    folders: ["данные/счета", "данные/почта"],
    inputs: [{ path: "данные/счета" }, { path: "данные/почта" }],
    headings: ["Migrations in `данные/счета`: 1 of 1", "Migrations in `данные/почта`: 1 of 1"],
  },
  {
    jobs: "of a matrix of versions",
    folders: ["migrations"],
    inputs: [{ "postgres-version": "15" }, { "postgres-version": "18" }],
    headings: ["Migrations on PostgreSQL 15: 1 of 1", "Migrations on PostgreSQL 18: 1 of 1"],
  },
  {
    jobs: "of a matrix of images",
    folders: ["migrations"],
    inputs: [{ image: "postgis/postgis:16-3.5" }, { image: "postgis/postgis:17-3.5" }],
    headings: [
      "Migrations on `postgis/postgis:16-3.5`: 1 of 1",
      "Migrations on `postgis/postgis:17-3.5`: 1 of 1",
    ],
  },
  {
    jobs: "with a configuration each",
    folders: ["migrations"],
    inputs: [{ config: "ci/fast.jsonc" }, { config: "ci/all.jsonc" }],
    headings: ["Migrations with `ci/fast.jsonc`: 1 of 1", "Migrations with `ci/all.jsonc`: 1 of 1"],
    also: { "ci/fast.jsonc": "{}", "ci/all.jsonc": '{ "preset": "all" }' },
  },
  {
    jobs: "that judge for several versions",
    folders: ["migrations"],
    inputs: [{ target: "12" }, { target: "17" }],
    headings: ["Migrations for PostgreSQL 12: 1 of 1", "Migrations for PostgreSQL 17: 1 of 1"],
  },
];

// Two of them tell apart by folder and by version; the others take as long each.
it.each(kinds)("jobs $jobs keep a comment each", async ({ folders, inputs, headings, also }) => {
  const everywhere = (files: Files): Files => Object.assign({}, ...folders.map((it) => inFolder(it, files)));
  github.state.push("main", everywhere(merged));
  const pull = github.state.open(7, "main", everywhere(slow));
  for (const own of [...inputs, ...inputs.slice(0, 1)])
    await runBundle(github, {
      bundle: bundle.main,
      event: "pull_request",
      payload: pullPayload(github, pull),
      checkout: { ...everywhere({ ...merged, ...slow }), ...also },
      inputs: { "round-trip": "off", review: "false", ...own },
    });
  expect(github.state.comments.map(({ body }) => body.slice(4, body.indexOf(" needs")))).toEqual(headings);
});

it("jobs that end together offer a fix once", async () => {
  const pull = github.state.open(7, "main", slow);
  const job = (version: string) =>
    runBundle(github, {
      bundle: bundle.main,
      event: "pull_request",
      payload: pullPayload(github, pull),
      checkout: { ...merged, ...slow },
      inputs: { "round-trip": "off", "postgres-version": version },
    });
  await job("15");
  // What another job wrote after this one had looked.
  const [first] = github.state.reviewComments.splice(0);
  const path = /\/pulls\/7\/comments$/;
  github.refuse({ method: "GET", path, status: 200, message: "", body: [], times: 1 });
  if (first) github.state.reviewComments.push(first);
  await job("18");
  expect(github.state.reviewComments).toEqual([first]);
  expect(github.calls.filter(({ method }) => method === "DELETE")).toHaveLength(1);
});

it.each([
  [{ "postgres-version": "15" }, "on PostgreSQL 18\\.\\d+ instead of 15:", "migrations on PostgreSQL 15"],
  [{ image: "postgres:17" }, "?:", "migrations on postgres%3a17"],
])("a job that ran elsewhere than %j does not say that it did", async (inputs, headline, id) => {
  const run = await runBundle(github, {
    bundle: bundle.main,
    event: "pull_request",
    payload: pullPayload(github, github.state.open(7, "main", slow)),
    checkout: { ...merged, ...slow },
    inputs: { engine: "pglite", ...inputs },
  });
  expect(run.summary).toMatch(new RegExp(`^### Migrations ${headline} 1 of 1 needs attention`));
  expect(github.state.comments[0]?.body.endsWith(`<!-- switchback:${id} -->`)).toBe(true);
});

it("steps of one job keep a report file each", async () => {
  const temp = mkdtempSync(join(tmpdir(), "switchback-steps-"));
  try {
    const play = (path: string) =>
      runBundle(github, {
        bundle: bundle.main,
        event: "workflow_dispatch",
        payload: {},
        checkout: { ...inFolder("a", merged), ...inFolder("b", merged) },
        inputs: { "round-trip": "off", path },
        env: { RUNNER_TEMP: temp },
      });
    const steps = [await play("a"), await play("b")];
    const reports = steps.map(({ outputs }) => readFileSync(outputs["report-file"] ?? "", "utf8"));
    expect(reports.map((text) => JSON.parse(text).folder)).toEqual(["a", "b"]);
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
});

describe("runs of one job", () => {
  const play = (pull: object, files: Files) =>
    runBundle(github, {
      bundle: bundle.main,
      event: "pull_request",
      payload: pull,
      checkout: { ...merged, ...files },
      inputs: { "round-trip": "off" },
    });

  it("for an older commit do not speak over what was said about a newer one", async () => {
    const older = pullPayload(github, github.state.open(7, "main", slow));
    const worse = { ...slow, "migrations/000004_x.up.sql": "DROP TABLE users;\n" };
    await play(pullPayload(github, github.state.open(7, "main", worse)), worse);
    const said = [github.state.comments, github.state.reviewComments].map((it) => JSON.stringify(it));
    const late = await play(older, slow);
    expect([github.state.comments, github.state.reviewComments].map((it) => JSON.stringify(it))).toEqual(
      said,
    );
    expect(late.outputs["conclusion"]).toBe("failure");
    expect(late.log).toMatch(/^::error title=require-concurrent-index/m);
    expect(late.log).toContain("The pull request has moved on to");
  });

  it.each(["MERGED", "CLOSED"] as const)("leave what was said alone once it is %s", async (state) => {
    const pull = github.state.open(7, "main", slow);
    await play(pullPayload(github, pull), slow);
    const said = github.state.comments.map(({ body }) => body);
    github.state.open(7, "main", slow, { state });
    if (state === "MERGED") github.state.push("main", { ...merged, ...slow });
    const again = await play(pullPayload(github, pull), slow);
    expect(github.state.comments.map(({ body }) => body)).toEqual(said);
    expect(again.log).toContain(`The pull request is ${state.toLowerCase()}`);
  });

  it("take no comment for theirs that quotes one of theirs", async () => {
    // Who gives the Action a token of their own is the author of both.
    github.state.viewer = "octo";
    const pull = pullPayload(github, github.state.open(7, "main", slow));
    await play(pull, slow);
    const [own] = github.state.comments;
    const body = (own?.body ?? "").replaceAll(/^/gm, "> ");
    github.state.comments.push({ id: github.state.id(), pull: 7, body, author: "octo" });
    await play(pull, slow);
    expect(github.state.comments).toHaveLength(2);
  });

  it("that wrote a comment each leave one when the next has ended", async () => {
    for (const body of ["one", "two"])
      github.state.comments.push({
        id: github.state.id(),
        pull: 7,
        body: `${body}\n\n<!-- switchback:migrations -->`,
        author: "github-actions[bot]",
      });
    await play(pullPayload(github, github.state.open(7, "main", slow)), slow);
    expect(github.state.comments.map(({ body }) => body.slice(0, 15))).toEqual(["### Migrations:"]);
  });
});
