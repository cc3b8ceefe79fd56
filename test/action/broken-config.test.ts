import { describe, expect, it } from "vitest";
import type { Bundle } from "./build-bundle.ts";
import type { GitHubStandIn } from "./github-stand-in/server.ts";
import { openShopForEach } from "./open-shop-for-each.ts";
import { runBundle } from "./run-bundle.ts";
import { good, merged, pullPayload } from "./scenarios/shop.ts";

let bundle: Bundle;
let github: GitHubStandIn;
openShopForEach((opened, built) => {
  github = opened;
  bundle = built;
});

type Files = Readonly<Record<string, string>>;

function dispatch(checkout: Files, inputs: Files = {}) {
  return runBundle(github, {
    bundle: bundle.main,
    event: "workflow_dispatch",
    payload: {},
    checkout,
    env: { GITHUB_SHA: github.state.repository.branches.get("main") ?? "" },
    inputs: { "round-trip": "off", ...inputs },
  });
}

const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const errors = (log: string) => log.match(/^::error.*$/gm);
const broken = '{\n  "postgre": 16,\n  "failOn": "errors"\n}\n';

describe("a configuration that is broken", () => {
  const words = [
    '::switchback.jsonc:2:3: unknown key "postgre": did you mean "postgres"?',
    '::switchback.jsonc:3:13: "failOn" wants "error", "warning" or "never", not "errors"',
  ];

  it.each<[what: string, checkout: Files, inputs: Files, file: string]>([
    ["in the root", { ...merged, "switchback.jsonc": broken }, {}, "switchback.jsonc"],
    [
      "in a working directory",
      below("shop", { ...merged, "switchback.jsonc": broken }),
      { "working-directory": "shop" },
      "shop/switchback.jsonc",
    ],
    [
      "of a repository that was checked out below the workspace",
      {
        ...below("shop", { ...merged, "switchback.jsonc": broken }),
        "shop/.git/config": '[remote "origin"]\n\turl = https://github.com/octo/shop\n',
      },
      { "working-directory": "shop" },
      "switchback.jsonc",
    ],
  ])("is told at its lines, once: %s", async (_, checkout, inputs, file) => {
    const run = await dispatch(checkout, inputs);
    expect(run.exitCode).toBe(1);
    expect(run.outputs["conclusion"]).toBe("error");
    expect(errors(run.log)).toEqual([
      `::error file=${file},line=2,col=3${words[0]}`,
      `::error file=${file},line=3,col=13${words[1]}`,
    ]);
  });

  it("gives no colours to the log", async () => {
    const run = await dispatch({ ...merged, "switchback.jsonc": '{ "\\u001b[31mred": 1 }' });
    expect(run.log).toContain("unknown key");
    expect(run.log).not.toContain("\u001b");
  });

  it("is told in the log alone where no lines are to be annotated", async () => {
    const run = await dispatch({ ...merged, "switchback.jsonc": broken }, { annotations: "false" });
    expect(errors(run.log)).toEqual(words.map((text) => `::error${text}`));
  });
});

describe("a folder that the configuration names, and that is not there", () => {
  it("is told with the file, the line and the key: several folders", async () => {
    const run = await dispatch({
      ...merged,
      "switchback.jsonc": '{\n  // all of them\n  "migrations": "services/*/migrations"\n}\n',
    });
    expect(run.outputs["conclusion"]).toBe("error");
    expect(errors(run.log)).toEqual([
      '::error file=switchback.jsonc,line=3,col=3::There is no folder services/*/migrations here: "migrations" in switchback.jsonc:3 names one folder, and several want a job each, such as a matrix that gives the input path.',
    ]);
  });

  it("is told with the file, the line and the key: one folder", async () => {
    const run = await dispatch({ ...merged, "switchback.jsonc": '{ "migrations": "db" }' });
    expect(errors(run.log)).toEqual([
      '::error file=switchback.jsonc,line=1,col=3::There is no folder db here, which "migrations" in switchback.jsonc:1 names.',
    ]);
  });

  it("is told with the file, the line and the key: outside of the repository", async () => {
    const run = await dispatch({ ...merged, "switchback.jsonc": '{ "migrations": "../db" }' });
    expect(errors(run.log)).toEqual([
      '::error file=switchback.jsonc,line=1,col=3::The migration folder ../db, which "migrations" in switchback.jsonc:1 names, is outside of the repository.',
    ]);
  });

  it("is told with the file, the line and the key: a file", async () => {
    const run = await dispatch({ ...merged, "switchback.jsonc": '{ "migrations": "README.md" }' });
    expect(errors(run.log)).toEqual([
      '::error file=switchback.jsonc,line=1,col=3::README.md is a file, and "migrations" in switchback.jsonc:1 names the migration folder.',
    ]);
  });

  it("is the input's where that names another one", async () => {
    const run = await dispatch({ ...merged, "switchback.jsonc": '{ "migrations": "db" }' }, { path: "a/*" });
    expect(errors(run.log)).toEqual([
      "::error::There is no folder a/* here: path names one folder, and several want a job each, such as a matrix.",
    ]);
  });
});

describe("a file or a line that the configuration names", () => {
  it.each<[what: string, checkout: Files, inputs: Files, told: readonly string[]]>([
    [
      "a prelude that is not there",
      { "switchback.jsonc": '{\n  "prelude": "none.sql"\n}\n' },
      {},
      [
        'file=switchback.jsonc,line=2,col=3::Cannot read the prelude none.sql: ENOENT: no such file or directory. It is "prelude" in switchback.jsonc:2.',
      ],
    ],
    [
      "fixtures of somebody else",
      { "switchback.jsonc": '{ "fixtures": "../rows" }' },
      {},
      [
        'file=switchback.jsonc,line=1,col=3::The fixtures /rows are outside of the repository. It is "fixtures" in switchback.jsonc:1.',
      ],
    ],
    [
      "a line past the newest",
      { "switchback.jsonc": '{\n  "postgres": 18,\n  "startAfter": "20"\n}\n' },
      {},
      [
        'file=switchback.jsonc,line=3,col=3::startAfter 20 is past the newest migration, 000002_orders, so nothing is checked. It is "startAfter" in switchback.jsonc:3.',
      ],
    ],
    [
      "an input over the file",
      { "switchback.jsonc": '{ "prelude": "some.sql" }' },
      { prelude: "none.sql" },
      ["::Cannot read the prelude none.sql: ENOENT: no such file or directory."],
    ],
  ])("is told at its line: %s", async (_, checkout, inputs, told) => {
    const run = await dispatch({ ...merged, ...checkout }, inputs);
    expect(run.outputs["conclusion"]).toBe("error");
    expect(errors(run.log)?.map((line) => line.replace(/ \/\S*\/rows/, " /rows"))).toEqual(
      told.map((text) => `::error${text.startsWith("::") ? "" : " "}${text}`),
    );
  });
});

describe("the comment of a pull request whose next push breaks the configuration", () => {
  const play = (checkout: Files, inputs: Files = {}, payload?: object) =>
    runBundle(github, {
      bundle: bundle.main,
      event: "pull_request",
      payload: payload ?? pullPayload(github, github.state.open(7, "main", checkout)),
      checkout,
      inputs: { "round-trip": "off", review: "false", ...inputs },
    });
  const green = "✓ 1 migration, no findings.";
  const say = (id: string, author = "github-actions[bot]") =>
    github.state.comments.push({
      id: github.state.id(),
      pull: 7,
      body: `${green}\n\n<!-- switchback:${id} -->`,
      author,
    });
  const bodies = () => github.state.comments.map(({ body }) => body);
  const files = { ...merged, ...good };

  it("says that the check could not run and why, and is green again when it can", async () => {
    say("migrations");
    await play({ ...files, "switchback.jsonc": broken });
    expect(bodies()).toEqual([
      [
        "### Migrations: the check could not run",
        '- switchback.jsonc:2:3: unknown key "postgre": did you mean "postgres"?\n- switchback.jsonc:3:13: "failOn" wants "error", "warning" or "never", not "errors"',
        "<!-- switchback:migrations -->",
      ].join("\n\n"),
    ]);
    await play(files);
    expect(bodies()[0]).toMatch(/^✓ /);
  });

  it.each<[what: string, config: string, id: string]>([
    ["a key that nobody knows", '{ "migrations": "db/sql", "postgre": 16 }', "db/sql"],
    ["no JSON", '{ "migrations": "db/sql" "engine": }', "db/sql"],
    ["no JSON at all", "migrations = db/sql", "migrations"],
    ["a prelude that is not there", '{ "migrations": "db/sql", "prelude": "none.sql" }', "db/sql"],
    ["a folder that is not there", '{ "migrations": "db/sql" }', "db/sql"],
  ])("is the one of its folder: %s", async (_, config, id) => {
    say("migrations");
    say("db/sql");
    await play({ ...files, "switchback.jsonc": config });
    const others = ["migrations", "db/sql"].filter((other) => other !== id);
    expect(bodies().filter((body) => body.startsWith(green))).toEqual(
      others.map((other) => `${green}\n\n<!-- switchback:${other} -->`),
    );
    expect(bodies().find((body) => body.includes(`switchback:${id} `))).toMatch(
      id === "migrations"
        ? /^### Migrations: the check could not run\n/
        : /^### Migrations in `db\/sql`: the check could not run\n/,
    );
  });

  it("is the one of its job in a matrix", async () => {
    say("migrations on PostgreSQL 15");
    say("migrations on PostgreSQL 18");
    await play({ ...files, "switchback.jsonc": broken }, { "postgres-version": "18" });
    expect(bodies()[0]).toContain(green);
    expect(bodies()[1]).toMatch(/^### Migrations on PostgreSQL 18: the check could not run\n/);
  });

  it.each<[what: string, inputs: Files, id: string, words: string | undefined]>([
    [
      "of the folder",
      { "fail-on": "nope" },
      "migrations",
      'fail-on wants error, warning or never, not "nope"',
    ],
    [
      "of the job in a matrix",
      { "postgres-version": "18", review: "maybe" },
      "migrations on PostgreSQL 18",
      'review wants true or false, not "maybe"',
    ],
    ["of nobody knows which job", { "postgres-version": "1" }, "migrations", undefined],
  ])("says which input is wrong: the one %s", async (_, inputs, id, words) => {
    say(id);
    const run = await play(files, inputs);
    expect(run.outputs["conclusion"]).toBe("error");
    expect(errors(run.log)).toHaveLength(1);
    if (words === undefined) expect(bodies()[0]).toContain(green);
    else
      expect(bodies()).toEqual([expect.stringMatching(/^### Migrations.*: the check could not run\n\n- /)]);
    if (words !== undefined) expect(bodies()[0]).toContain(`- ${words}\n`);
  });

  it("quotes nothing that would be more than text, and is not endless", async () => {
    say("migrations");
    const keys = Array.from({ length: 200 }, (_, n) => `"k${n}${"x".repeat(900)}": 1`).join(",\n");
    const hostile = '"@octo/all <img src=x> [a](http://evil.example) #1 <!-- switchback:x -->": 1';
    await play({ ...files, "switchback.jsonc": `{\n${hostile},\n${keys}\n}` });
    const [body = ""] = bodies();
    expect(body).not.toMatch(/@octo|<img|http:\/\/|[^\u200b]#1|<!-- switchback:x/);
    expect(body).toContain("and 191 more");
    expect(body.length).toBeLessThan(10_000);
  });

  it("is not written where there was none, or where it is not wanted", async () => {
    await play({ ...files, "switchback.jsonc": broken });
    expect(bodies()).toEqual([]);
    say("migrations");
    await play({ ...files, "switchback.jsonc": broken }, { comment: "false" });
    expect(bodies()[0]).toContain(green);
  });

  it("stays what a newer push made it", async () => {
    say("migrations");
    const older = pullPayload(github, github.state.open(7, "main", { ...files, "switchback.jsonc": broken }));
    github.state.open(7, "main", files);
    const run = await play({ ...files, "switchback.jsonc": broken }, {}, older);
    expect(run.outputs["conclusion"]).toBe("error");
    expect(bodies()[0]).toContain(green);
  });
});
