import { expect, it } from "vitest";
import type { Bundle } from "./build-bundle.ts";
import type { GitHubStandIn } from "./github-stand-in/server.ts";
import { openShopForEach } from "./open-shop-for-each.ts";
import { runBundle } from "./run-bundle.ts";
import { good, merged, pullPayload, slow } from "./scenarios/shop.ts";

let bundle: Bundle;
let github: GitHubStandIn;
openShopForEach((opened, built) => {
  github = opened;
  bundle = built;
});

const workflow = "github-actions[bot]";
const app = "shop-app[bot]";
const edit = { method: "PATCH", path: /\/issues\/comments/ };
const denied = { status: 403, message: "Resource not accessible by integration" };

/** A run whose token speaks for `viewer`. */
function play(viewer: string, files: Readonly<Record<string, string>>, review = "false") {
  github.state.viewer = viewer;
  return runBundle(github, {
    bundle: bundle.main,
    event: "pull_request",
    payload: pullPayload(github, github.state.open(7, "main", files)),
    checkout: { ...merged, ...files },
    inputs: { "round-trip": "off", review },
  });
}

function say(author: string, body: string) {
  github.state.comments.push({ id: github.state.id(), pull: 7, body, author });
}

const mark = "<!-- switchback:migrations -->";
const heads = () =>
  github.state.comments.map(({ author, body }) => [author, body.split(/[ :]/, 2).join(" ")]);

it.each([
  [workflow, app],
  [app, workflow],
])("a comment of %s is kept in step by %s", async (before, after) => {
  await play(before, slow);
  expect(heads()).toEqual([[before, "### Migrations"]]);
  await play(after, good);
  expect(heads()).toEqual([[before, "✓ **Migrations"]]);
});

it("a comment of another bot that may not be edited stays, beside one that is kept in step", async () => {
  await play(workflow, slow);
  github.refuse({ ...edit, ...denied, times: 1 });
  const worse = { ...slow, "migrations/000004_x.up.sql": "DROP TABLE users;\n" };
  const run = await play(app, worse);
  expect(heads()).toEqual([
    [workflow, "### Migrations"],
    [app, "### Migrations"],
  ]);
  expect(run.log).not.toContain("::warning::");
  github.refuse({ ...edit, method: "DELETE", ...denied });
  await play(app, good);
  expect(heads()).toEqual([
    [workflow, "### Migrations"],
    [app, "✓ **Migrations"],
  ]);
});

it("a comment of another bot is not left to say the old beside ours", async () => {
  say(workflow, `### Migrations: 1 of 1 needs attention\n\n${mark}`);
  say(app, `### Migrations: 1 of 1 needs attention\n\n${mark}`);
  await play(app, good);
  expect(heads()).toEqual([[app, "✓ **Migrations"]]);
});

it.each([
  ["a person who pasted one of ours", "stranger", "✓ **Migrations:** all is well."],
  ["a bot that says something of its own first", "scanner[bot]", "2 secrets found, in `x"],
])("the comment of %s is left alone", async (_, author, words) => {
  say(author, `${words}\n\n${mark}`);
  await play(workflow, slow);
  await play(workflow, good);
  expect(github.state.comments.map(({ author }) => author)).toEqual([author, workflow]);
  expect(github.state.comments[0]?.body).toBe(`${words}\n\n${mark}`);
});

it("a fix that another bot offered for us is not offered again", async () => {
  await play(workflow, slow, "true");
  await play(app, slow, "true");
  expect(github.state.reviewComments.map(({ author }) => author)).toEqual([workflow]);
});

it("a fix that a person pasted is offered all the same", async () => {
  await play(workflow, slow, "true");
  const [first] = github.state.reviewComments.splice(0);
  if (first) github.state.reviewComments.push({ ...first, author: "stranger" });
  await play(workflow, slow, "true");
  expect(github.state.reviewComments.map(({ author }) => author)).toEqual(["stranger", workflow]);
});
