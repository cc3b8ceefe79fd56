import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeLibrary } from "../support/scripted-library.ts";
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

function check(event: string, files: Files, inputs: Files = { "round-trip": "off" }, owner = "octo") {
  const pull = github.state.open(7, "main", files, { headOwner: owner });
  return runBundle(github, {
    bundle: bundle.main,
    event,
    payload: pullPayload(github, pull),
    checkout: event === "pull_request" ? { ...merged, ...files } : merged,
    inputs,
  });
}

/** Commands that the runner would carry out: those outside of a stretch where they are switched off. */
function commands(log: string): string[] {
  const found: string[] = [];
  let word: string | undefined;
  for (const line of log.split("\n")) {
    const stop = /^::stop-commands::(.+)$/.exec(line);
    if (word !== undefined) {
      if (line === `::${word}::`) word = undefined;
    } else if (stop) word = stop[1];
    else if (/^\s*::|##\[/.test(line)) found.push(line);
  }
  return found;
}

describe("SQL and names from strangers", () => {
  it("give no commands to the runner", async () => {
    const name = "migrations/000003_a%0A::set-output name=x::y,line=1::";
    const run = await check("pull_request", {
      [`${name}.up.sql`]: "::set-env name=A::b\n##[add-mask]x\nCREATE INDEX i ON users (email);\n",
      [`${name}.down.sql`]: "DROP INDEX i;\n",
      "migrations/000004_b.up.sql": 'CREATE INDEX "\n::error::x" ON users (email);\n',
      "migrations/000004_b.down.sql": 'DROP INDEX "\n::error::x";\n',
    });
    expect(run.exitCode).toBe(1);
    const given = commands(run.log);
    expect(given.length).toBeGreaterThan(0);
    for (const command of given)
      expect(command).toMatch(/^::(error|warning|notice) title=[\w-]+,file=[^:,\s]+( [^:,\s]+)*/);
    expect(
      given.filter(
        (command) => /^::error::x|set-env|add-mask\]/.test(command) && !command.startsWith("::error title="),
      ),
    ).toEqual([]);
  });

  it("stay text in the comment", async () => {
    const title = "@everyone <img src=x> https://evil.example #1";
    github.state.open(8, "main", { "migrations/000003_x.up.sql": "SELECT 1;" }, { title });
    await check("pull_request", {
      ...slow,
      "migrations/000004_c.up.sql":
        'CREATE INDEX "`@org/team` <script> ![](http://x) <!-- switchback:other -->" ON users (email);\n',
      "migrations/000004_c.down.sql": "SELECT 1;\n",
    });
    const body = github.state.comments[0]?.body ?? "";
    expect(body).not.toMatch(/(^|[^\w`])@(everyone|org)/);
    expect(body).not.toContain("<img");
    expect(body).not.toContain("https://evil");
    const prose = body.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, "");
    expect(prose).not.toContain("<script>");
    expect(prose.match(/<!--/g)).toHaveLength(1);
    expect(body).toContain("#8");
  });

  it("lead to no page of theirs", async () => {
    await check("pull_request", {
      "migrations/000003_a)*www.evil.example*(.up.sql": "CREATE INDEX i ON users (email);\n",
      "migrations/000003_a)*www.evil.example*(.down.sql": "DROP INDEX i;\n",
    });
    const body = github.state.comments[0]?.body ?? "";
    expect(body).toContain("%29%2Awww.evil.example%2A%28.up.sql#L1)");
    expect(body.replaceAll(/`[^`\n]*`/g, "")).not.toMatch(/\)\*+www/);
  });

  it("never bring the token into the log or the report", async () => {
    const run = await check("pull_request", slow);
    const written = [run.log, run.summary, run.file("temp/switchback-report.json")].join("\n");
    expect(written).not.toContain("secret-token");
  });
});

it.each(["line\none", "two words", "schlüssel"])("what is no token is not quoted: %j", async (token) => {
  const inputs = { "round-trip": "off", "github-token": token };
  const run = await check("pull_request", slow, inputs);
  expect(run.outputs["conclusion"]).toBe("error");
  expect(run.log).toContain("::error::github-token holds a blank, a line end or a sign that no token has");
  expect(run.log + run.summary).not.toContain(token);
});

describe("links of a stranger's branch", () => {
  const secret = "ghs_0123456789";
  const up = "migrations/000003_a.up.sql";
  const unproved = { "round-trip": "off" };

  it.each<[what: string, links: Files, checkout: Files, inputs: Files]>([
    ["a file", { [up]: "../.git/config" }, { ".git/config": secret }, unproved],
    [
      "a file in git's folder of another checkout",
      { [up]: "../app/.git/x" },
      { "app/.git/x": secret },
      unproved,
    ],
    ["a file of the runner", { [up]: "../../temp.sql" }, { "../temp.sql": secret }, unproved],
    ["the folder", { linked: "../other" }, { "../other/000001_a.up.sql": secret }, { path: "linked" }],
    ["the prelude", { "p.sql": ".git/config" }, { ".git/config": secret }, { prelude: "p.sql" }],
    ["the baseline", { "b.sql": "../temp.sql" }, { "../temp.sql": secret }, { baseline: "b.sql" }],
    [
      "fixtures",
      { rows: "../other" },
      { "../other/000001.sql": secret },
      { fixtures: "rows", "with-data": "true" },
    ],
  ])("lead nowhere else: %s", async (_, links, checkout, inputs) => {
    const pull = github.state.open(7, "main", slow, { headOwner: "stranger" });
    const run = await runBundle(github, {
      bundle: bundle.main,
      event: "pull_request",
      payload: pullPayload(github, pull),
      checkout: { ...merged, ...slow, ...checkout },
      links,
      inputs: { "changed-only": "false", ...inputs },
    });
    const told = [
      run.log,
      run.summary,
      run.file("temp/switchback-report.json"),
      github.state.comments[0]?.body,
    ];
    expect(told.join("\n")).not.toContain(secret);
  });
});

it.each<[what: string, links: Files, checkout: Files]>([
  [
    "a file of the runner",
    { "switchback.jsonc": "../temp.json" },
    { "../temp.json": '{ "ghs_0123": "ghs_0123" }' },
  ],
  ["git's folder", { "switchback.jsonc": ".git/x" }, { ".git/x": '{ "migrations": "ghs_0123" }' }],
])("a configuration of a stranger's branch that leads to %s is not quoted", async (_, links, checkout) => {
  github.state.comments.push({
    id: 1,
    pull: 7,
    body: "✓ **Migrations:** 1 checked.\n\n<!-- switchback:migrations -->",
    author: "github-actions[bot]",
  });
  const run = await runBundle(github, {
    bundle: bundle.main,
    event: "pull_request",
    payload: pullPayload(github, github.state.open(7, "main", slow, { headOwner: "stranger" })),
    checkout: { ...merged, ...slow, ...checkout },
    links,
  });
  expect(run.outputs["conclusion"]).toBe("error");
  expect(run.log).toContain("::error::switchback.jsonc leads out of the repository.");
  const body = github.state.comments[0]?.body;
  expect(body).toContain("the check could not run\n\n- switchback.jsonc leads out of the repository.");
  expect([run.log, run.summary, body].join("\n")).not.toContain("ghs_0123");
});

it("a link of a stranger's branch is not written through", async () => {
  const pull = github.state.open(7, "main", slow, { headOwner: "stranger" });
  const run = await runBundle(github, {
    bundle: bundle.main,
    event: "pull_request",
    payload: pullPayload(github, pull),
    checkout: { ...merged, ...slow },
    links: { "switchback.sarif": "../temp/switchback-report.json" },
    inputs: { "round-trip": "off", "sarif-file": "switchback.sarif" },
  });
  expect(JSON.parse(run.file("workspace/switchback.sarif") ?? "{}").runs).toHaveLength(1);
  expect(JSON.parse(run.file("temp/switchback-report.json") ?? "{}").findings).toBeDefined();
});

describe("pull_request_target from a fork", () => {
  const proof = join(tmpdir(), `switchback-shell-${process.pid}`);
  const attack = {
    "migrations/000003_shell.up.sql": `CREATE TABLE t (x text);\nCOPY t FROM PROGRAM 'touch ${proof}';\n`,
    "migrations/000003_shell.down.sql": "DROP TABLE t;\n",
    "migrations/000004_library.up.sql":
      "CREATE FUNCTION system(cstring) RETURNS int AS '/lib/x86_64-linux-gnu/libc.so.6', 'system' LANGUAGE C STRICT;\n",
    "migrations/000004_library.down.sql": "DROP FUNCTION system(cstring);\n",
    "migrations/000005_script.up.sql": `${writeLibrary(
      "/tmp/own.so",
      `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(proof)}, "")`,
    )}LOAD '/tmp/own.so';\n`,
    "migrations/000005_script.down.sql": "SELECT lo_unlink(4711);\n",
  };

  it("runs on PGlite only, where a program and a library do nothing", async () => {
    rmSync(proof, { force: true });
    const run = await check("pull_request_target", attack, { engine: "auto" }, "stranger");
    expect(run.exitCode).toBe(1);
    const report = JSON.parse(run.file("temp/switchback-report.json") ?? "{}");
    expect(report.engine.name).toBe("pglite");
    expect(report.roundTrips.map((it: { status: string }) => it.status)).toEqual([
      "up-failed",
      "up-failed",
      "up-failed",
    ]);
    expect(existsSync(proof)).toBe(false);
  });

  it.each(["embedded", "docker", "server"])("refuses the engine %s", async (engine) => {
    const run = await check("pull_request_target", attack, { engine }, "stranger");
    expect(run.outputs["round-trips"]).toBe("0");
    expect(run.summary).toContain(`the engine ${engine} was asked for`);
    expect(existsSync(proof)).toBe(false);
  });

  it("refuses an image, and fails where a proof is required", async () => {
    const inputs = { image: "postgres:18", "round-trip": "required" };
    const run = await check("pull_request_target", attack, { engine: "auto", ...inputs }, "stranger");
    expect(run.outputs).toMatchObject({ conclusion: "failure", "round-trips": "0" });
  });
});

describe("limits", () => {
  it("of annotations are kept, with a count of the rest and room for what the run says of itself", async () => {
    const indexes = Array.from({ length: 200 }, (_, n) => [
      [`migrations/${String(n + 3).padStart(6, "0")}_i.up.sql`, `CREATE INDEX i${n} ON users (email);\n`],
      [`migrations/${String(n + 3).padStart(6, "0")}_i.down.sql`, `DROP INDEX i${n};\n`],
    ]).flat();
    const run = await check("pull_request", Object.fromEntries(indexes), {
      engine: "server",
      "round-trip": "required",
      review: "false",
      "sarif-file": "switchback.sarif",
    });
    expect(run.outputs["error-count"]).toBe("200");
    expect(run.log.match(/^::error\b/gm)).toHaveLength(10);
    expect(run.log).toContain("and 192 more errors");
    expect(run.log).toContain("round-trip is required");
    expect(github.state.comments[0]?.body.length).toBeLessThanOrEqual(65_536);
    expect(JSON.parse(run.file("workspace/switchback.sarif") ?? "{}").runs[0].results).toHaveLength(200);
  });

  it("of a comment are kept where the report would take 300 kB", async () => {
    const long = "x".repeat(60);
    const indexes = Array.from({ length: 400 }, (_, n) => [
      `migrations/${String(n + 3).padStart(6, "0")}_${long}.up.sql`,
      `CREATE INDEX ${long}${n} ON users (${Array.from({ length: 8 }, () => "email").join(", ")});\n`,
    ]);
    await check("pull_request", Object.fromEntries(indexes), { "round-trip": "off", review: "false" });
    const body = github.state.comments[0]?.body ?? "";
    expect(body.length).toBeGreaterThan(40_000);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/\d+ more findings\*\* did not fit here/);
    expect(body).toContain("### Migrations: 400 of 400 need attention");
    expect(body.trimEnd()).toMatch(/<!-- switchback:migrations -->$/);
  });
});
