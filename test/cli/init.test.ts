import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { starterGitlabJob } from "../../cli/init/starter-gitlab-job.ts";
import { starterWorkflow } from "../../cli/init/starter-workflow.ts";
import { inFull } from "../support/in-full.ts";
import { clean, folderWith, locking, switchback } from "./cli.ts";

const workflow = ".github/workflows/migrations.yml";
const text = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");

function moved(files: Readonly<Record<string, string>>, to: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, sql]) => [name.replace("migrations", to), sql]),
  );
}

describe("switchback init", () => {
  it("finds the folder, and writes a configuration and a workflow", async () => {
    const folder = folderWith({
      ...moved(clean, "db/migrations"),
      "node_modules/x/000001_a.up.sql": "SELECT 1;",
    });
    const { code, stdout, stderr } = await switchback(["init"], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      `db/migrations: golang-migrate, 1 migration, 000001
no findings: every migration is checked

written        switchback.jsonc
written        ${workflow}

next: switchback check
`,
    );
    expect(text(folder, "switchback.jsonc")).toContain('"migrations": "db/migrations"\n}');
    expect(text(folder, "switchback.jsonc")).not.toContain("startAfter");
    const lint = await switchback(["lint", "--format", "json"], folder);
    expect({ code: lint.code, folder: JSON.parse(lint.stdout).folder }).toEqual({
      code: 0,
      folder: "db/migrations",
    });
  });

  it("takes no folder of a test for the one that production runs, and names a few others only", async () => {
    const more = Array.from({ length: 7 }, (_, index) => moved(locking, `test/case-${index}`));
    const folder = folderWith(Object.assign({}, moved(clean, "db/migrations"), ...more));
    const { stdout } = await switchback(["init", "--dry-run"], folder);
    expect(stdout).toMatch(/^db\/migrations: golang-migrate, 1 migration/);
    expect(stdout.match(/also found/g)).toHaveLength(5);
    expect(stdout).toContain("and 2 more folders\n");
  });

  it("takes a history with findings for history", async () => {
    const folder = folderWith(locking);
    const { code, stdout } = await switchback(["init"], folder);
    expect(code).toBe(0);
    expect(stdout).toContain("1 error in what has run already: startAfter is 000002");
    expect(text(folder, "switchback.jsonc")).toContain('"startAfter": "000002"');
    expect((await switchback(["lint"], folder)).code).toBe(0);
  });

  it("draws no line after what runs whenever it changed: the next migration would be history", async () => {
    const folder = folderWith({
      "migrations/V1__users.sql": "CREATE TABLE users (id bigint PRIMARY KEY, name text);\n",
      "migrations/V2__index.sql": "CREATE INDEX users_name_idx ON users (name);\n",
      "migrations/R__view.sql": "CREATE OR REPLACE VIEW v AS SELECT id FROM users;\n",
      "migrations/R__gone.sql": "DROP TABLE users;\n",
    });
    const { code, stdout } = await switchback(["init"], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^migrations: flyway, 4 migrations, 1 to 2\n/);
    expect(stdout).toContain("1 error in what has run already: startAfter is 2\n");
    expect(stdout).toContain("in what runs whenever it changed: switchback lint shows");
    expect(text(folder, "switchback.jsonc")).toContain('"startAfter": "2"');
    const all = await switchback(["lint", "--start-after", "R"], folder);
    expect(all.stderr).toContain("--start-after R is past the newest migration, V2__index");
  });

  it("writes nothing with --dry-run, and shows what it would write", async () => {
    const folder = folderWith(clean);
    const { code, stdout } = await switchback(["init", "--dry-run"], folder);
    expect(code).toBe(0);
    expect(stdout).toContain("would write    switchback.jsonc");
    expect(stdout).toContain("uses: switchback/switchback@v1");
    expect(stdout).toMatch(/nothing was written\n$/);
    expect(existsSync(join(folder, "switchback.jsonc"))).toBe(false);
    expect(existsSync(join(folder, ".github"))).toBe(false);
  });

  it("leaves what is there as it is", async () => {
    const folder = folderWith({ ...clean, "switchback.jsonc": "{}" });
    const { code, stdout } = await switchback(["init"], folder);
    expect(code).toBe(0);
    expect(stdout).toContain("left as it is  switchback.jsonc");
    expect(text(folder, "switchback.jsonc")).toBe("{}");
    const again = await switchback(["init"], folder);
    expect(again.code).toBe(2);
    expect(again.stderr).toBe(
      `switchback: switchback.jsonc and ${workflow} are there already: nothing was written\n`,
    );
  });

  it("writes the workflow at the root of the repository, for a project below it", async () => {
    const root = folderWith(moved(clean, "services/shop/migrations"));
    mkdirSync(join(root, ".git"));
    const { code } = await switchback(["init"], join(root, "services/shop"));
    expect(code).toBe(0);
    expect(text(root, workflow)).toContain('working-directory: "services/shop"');
    expect(existsSync(join(root, "services/shop/switchback.jsonc"))).toBe(true);
  });

  describe("in a repository that is not of GitHub", () => {
    const gitlab = "git@gitlab.com:shop/api.git";
    const repository = (origin: string, files: Readonly<Record<string, string>> = {}) => {
      const root = folderWith({ ...clean, ...files });
      execFileSync("git", ["init", "-q"], { cwd: root });
      execFileSync("git", ["remote", "add", "origin", origin], { cwd: root });
      return root;
    };

    const origins = [
      gitlab,
      "https://gitlab-ci-token:secret@gitlab.example.org/shop/api.git",
      "ssh://git@gitlab.example.org:2222/shop/api.git",
    ];
    it.each(inFull ? origins : [gitlab])("writes a job for GitLab where origin is %s", async (origin) => {
      const root = repository(origin);
      const { code, stdout } = await switchback(["init"], root);
      expect(code).toBe(0);
      expect(stdout).toContain("written        .gitlab-ci.yml\n");
      expect(text(root, ".gitlab-ci.yml")).toContain("pg-switchback@");
      expect(existsSync(join(root, ".github"))).toBe(false);
      expect((await switchback(["init"], root)).stderr).toContain("are there already");
    });

    it("adds a part to the pipeline that is there, and says how it comes in", async () => {
      const root = repository("git@git.example.org:shop/api.git", { ".gitlab-ci.yml": "stages: [test]\n" });
      const { stdout } = await switchback(["init"], root);
      expect(stdout).toContain("written        .gitlab/ci/migrations.yml\n");
      expect(stdout).toContain("    - local: .gitlab/ci/migrations.yml\n");
      expect(text(root, ".gitlab-ci.yml")).toBe("stages: [test]\n");
    });

    it("goes by the workflows that are there, not by a mirror that was cloned", async () => {
      const root = repository(gitlab, { ".github/workflows/ci.yml": "" });
      expect((await switchback(["init"], root)).stdout).toContain(`written        ${workflow}`);
    });

    it("writes no pipeline for another host, and says what to run there", async () => {
      const root = repository("https://bitbucket.org/shop/api.git");
      const { code, stdout } = await switchback(["init"], root);
      expect(code).toBe(0);
      expect(stdout).toContain(
        "none is known for bitbucket.org. What it has to run:\n  switchback check --base",
      );
      expect(existsSync(join(root, "switchback.jsonc"))).toBe(true);
      expect(existsSync(join(root, ".github"))).toBe(false);
    });

    it("looks below the root of the repository for a project that lies there", () => {
      const job = starterGitlabJob({ project: "services/shop", migrations: "db", locked: true });
      expect(job).toContain('changes: ["services/shop/db/**/*", "services/shop/switchback.jsonc"]');
      expect(job).toContain('    - cd "services/shop"\n    - npm ci');
      expect(job).toContain("junit: services/shop/junit.xml");
    });
  });

  it("names other folders that it found", async () => {
    const folder = folderWith({ ...moved(locking, "api/migrations"), ...moved(clean, "jobs/migrations") });
    const { stdout } = await switchback(["init"], folder);
    expect(stdout).toContain("api/migrations: golang-migrate, 2 migrations, 000001 to 000002");
    expect(stdout).toContain(
      "also found jobs/migrations: golang-migrate, 1 migration, 000001 (cd jobs && switchback init)",
    );
    const second = await switchback(["init"], join(folder, "jobs"));
    expect(second.code).toBe(0);
  });

  it("does not run into itself in a repository of several projects", async () => {
    const root = folderWith({ ...moved(clean, "a b/migrations"), ...moved(clean, "shop/migrations") });
    mkdirSync(join(root, ".git"));
    expect((await switchback(["init"], join(root, "a b"))).stdout).not.toContain("does not look into");
    const second = await switchback(["init"], join(root, "shop"));
    expect(second.stdout).toContain("left as it is  ../.github/workflows/migrations.yml\n");
    expect(second.stdout).toContain("does not look into shop yet: it wants a step of its own\n");
    expect(second.stdout).toContain('          working-directory: "shop"\n');
  });

  it("run below the project, says where to run it", async () => {
    const root = folderWith(moved(clean, "a b/migrations"));
    mkdirSync(join(root, ".git"));
    mkdirSync(join(root, "a b/cmd"));
    const { code, stderr } = await switchback(["init"], join(root, "a b/cmd"));
    expect(code).toBe(2);
    expect(stderr).toBe(
      "switchback: no migration folder was found here\n  migrations were found in ../migrations\n  cd ../.. && switchback init\n",
    );
  });

  it("goes by the configuration that is there", async () => {
    const folder = folderWith({
      ...moved(locking, "api/migrations"),
      ...moved(clean, "jobs/migrations"),
      "switchback.jsonc": '{ "migrations": "jobs/migrations" }',
    });
    const { stdout } = await switchback(["init", "--dry-run"], folder);
    expect(stdout).toMatch(
      /^jobs\/migrations: golang-migrate, 1 migration, 000001\n\nleft as it is {2}switchback/,
    );
    const other = await switchback(["init", "api/migrations"], folder);
    expect(other.stderr).toBe(
      "switchback: switchback.jsonc is there already, and its folder is jobs/migrations\n" +
        "  one of its own: cd api && switchback init\n",
    );
  });

  it.each([
    ["nothing to find", { "readme.md": "" }, [], "no migration folder was found here"],
    [
      "a folder without migrations",
      { "sql/notes.txt": "" },
      ["sql"],
      "sql holds no migration that is recognised",
    ],
    [
      "migrations that are programs",
      { "shop/migrations/0001_initial.py": "" },
      [],
      "  shop/migrations/0001_initial.py is a program, and only SQL is read",
    ],
    ["a folder that is not there", clean, ["sql"], "cannot look at sql: it does not exist"],
  ])("says what is wrong: %s", async (_, files, words, problem) => {
    const folder = folderWith(files as Readonly<Record<string, string>>);
    const { code, stderr } = await switchback(["init", ...words], folder);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
    expect(existsSync(join(folder, "switchback.jsonc"))).toBe(false);
  });
});

it("the workflow is the example", () => {
  const example = readFileSync(join(import.meta.dirname, "../../examples/pull-request.yml"), "utf8");
  expect(example.replace(/^(#.*\n)+/, "")).toBe(starterWorkflow(""));
});

it("the job for GitLab is the one of the guide", () => {
  const guide = readFileSync(join(import.meta.dirname, "../../docs/guides/ci.md"), "utf8");
  const shown = /^```yaml\n# \.gitlab-ci\.yml\n([\s\S]*?)^```$/m.exec(guide)?.[1];
  expect(shown).toBe(starterGitlabJob({ project: "", migrations: "migrations", locked: true }));
});
