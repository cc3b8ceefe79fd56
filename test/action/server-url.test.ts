import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { hostServer } from "../support/host-server.ts";
import { type Bundle, builtBundle } from "./build-bundle.ts";
import type { GitHubStandIn } from "./github-stand-in/server.ts";
import { runBundle } from "./run-bundle.ts";
import { good, merged, pullPayload, shop } from "./scenarios/shop.ts";

let bundle: Bundle;
let server: Awaited<ReturnType<typeof hostServer>>;
let github: GitHubStandIn;
beforeAll(async () => {
  [bundle, server] = await Promise.all([builtBundle(), hostServer()]);
});
afterAll(async () => {
  await server?.host.stop();
});
beforeEach(async () => {
  github = await shop();
});
afterEach(async () => {
  await github.stop();
  expect(github.lies).toEqual([]);
});

function check(url: string, owner = "octo") {
  return runBundle(github, {
    bundle: bundle.main,
    event: owner === "octo" ? "pull_request" : "pull_request_target",
    payload: pullPayload(github, github.state.open(7, "main", good, { headOwner: owner })),
    checkout: { ...merged, ...good },
    inputs: { engine: "auto", "server-url": url, "round-trip": "required" },
  });
}

const databases = () => server.admin.query("select datname from pg_database order by 1");

it("proves on the server that is named, and leaves nothing there", async () => {
  const before = await databases();
  const run = await check(server.url());
  expect(run.outputs).toMatchObject({ conclusion: "success", "round-trips": "1" });
  expect(JSON.parse(run.file("temp/switchback-report.json") ?? "{}").engine.name).toBe("server");
  expect(await databases()).toEqual(before);
});

it.each([
  "postgres://ci:p%40ss-word@127.0.0.1:1/shop",
  "postgres://ci@127.0.0.1:1/shop?password=p%40ss-word",
])("has the runner mask the URL and its password, and says neither elsewhere: %s", async (url) => {
  const run = await check(url);
  const lines = run.log.split("\n");
  const masks = lines.filter((line) => line.startsWith("::add-mask::"));
  // A workflow command writes % as %25.
  expect(masks.map((line) => line.replace("::add-mask::", "").replaceAll("%25", "%"))).toEqual([
    url,
    "p%40ss-word",
    "p@ss-word",
  ]);
  const rest = [...lines.filter((line) => !masks.includes(line)), run.summary].join("\n");
  expect(rest).toContain("no connection to 127.0.0.1:1");
  expect(rest).not.toMatch(/ss-word/);
  expect(run.outputs["conclusion"]).toBe("failure");
});

it("is refused for a stranger's SQL while the token may write", async () => {
  const run = await check(server.url(), "stranger");
  expect(run.outputs["round-trips"]).toBe("0");
  expect(run.summary).toContain("the engine server was asked for");
});
