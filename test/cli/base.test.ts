import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clean, folderWith, locking, switchback } from "./cli.ts";

/** What `--base` makes of clones as CI has them. */

function git(folder: string, ...args: string[]): void {
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
    cwd: folder,
    stdio: "pipe",
  });
}

/** A repository with the files on main. */
function repository(files: Record<string, string>): string {
  const folder = folderWith(files);
  git(folder, "init", "-q", "-b", "main");
  git(folder, "add", ".");
  git(folder, "commit", "-q", "-m", "base");
  return folder;
}

function commit(folder: string, name: string, sql: string): void {
  writeFileSync(join(folder, "migrations", name), sql);
  git(folder, "add", ".");
  git(folder, "commit", "-q", "-m", name);
}

test("what only the tip of the base has is not deleted, where a shallow clone cannot tell since when it has it", async () => {
  const origin = repository(clean);
  git(origin, "branch", "topic");
  commit(origin, "000002_later.up.sql", "CREATE TABLE later (id int PRIMARY KEY);\n");
  git(origin, "checkout", "-q", "topic");
  commit(origin, "000003_own.up.sql", "CREATE TABLE own (id int PRIMARY KEY);\n");
  const clone = join(folderWith({}), "shallow");
  git(origin, "clone", "-q", "--depth", "1", "-b", "topic", `file://${origin}`, clone);
  git(clone, "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main");
  const { stdout } = await switchback(["lint", "--base", "origin/main", "--format", "json"], clone);
  const { findings, migrations } = JSON.parse(stdout);
  expect(migrations.map((it: { name: string }) => it.name)).toEqual(["000003_own"]);
  expect(findings.map((it: { rule: string }) => it.rule)).not.toContain("immutable-migration");
});

test.skipIf(process.platform === "win32")(
  "a file of which only the mode changed has not changed",
  async () => {
    const folder = repository(locking);
    git(folder, "checkout", "-q", "-b", "topic");
    for (const path of Object.keys(locking)) chmodSync(join(folder, path), 0o755);
    git(folder, "commit", "-q", "-a", "-m", "modes");
    const { stdout, code } = await switchback(["lint", "--base", "main"], folder);
    expect(code).toBe(0);
    expect(stdout).toContain("No migration to report on");
  },
);

test("a table of a merged migration is in use, also where the branch edits a comment of that migration", async () => {
  const folder = repository(clean);
  const [up = ""] = Object.keys(clean);
  writeFileSync(join(folder, up), `-- ours\n${clean["migrations/000001_users.up.sql"]}`);
  commit(folder, "000002_index.up.sql", locking["migrations/000002_index.up.sql"]);
  const { stdout } = await switchback(["lint", "--base", "HEAD~1", "--format", "json"], folder);
  const { findings } = JSON.parse(stdout);
  expect(findings.map((it: { rule: string }) => it.rule)).toContain("require-concurrent-index");
});

test("git's distrust of a checkout that belongs to another user is not taken for no checkout", async () => {
  const folder = repository(clean);
  const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
  const { stderr, code } = await switchback(["lint", "--base", "main"], folder, env);
  expect(code).toBe(2);
  expect(stderr).toContain("belongs to another user: git config --global --add safe.directory ");
});

test.each([
  { ref: "origin/dev", words: /^ {2}git fetch origin dev:refs\/remotes\/origin\/dev /m },
  {
    ref: "dev",
    words: /^ {2}git fetch origin dev:refs\/remotes\/origin\/dev {3}and compare with origin\/dev$/m,
  },
  { ref: "main", words: /does not know "main" here: did you mean origin\/main\?$/m },
  { ref: "HEAD~9", words: /^ {2}git fetch --unshallow /m },
])("a ref that a checkout of CI does not have: $ref", async ({ ref, words }) => {
  const origin = repository(clean);
  git(origin, "branch", "dev");
  const clone = join(folderWith({}), "shallow");
  git(origin, "clone", "-q", "--depth", "1", "-b", "main", `file://${origin}`, clone);
  git(clone, "checkout", "-q", "--detach");
  git(clone, "branch", "-q", "-D", "main");
  const { code, stderr } = await switchback(["lint", "--base", ref], clone);
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
  const fetch = /^ {2}git (fetch .*?)(?: {3}.*)?$/m.exec(stderr)?.[1];
  if (fetch === undefined || ref === "HEAD~9") return;
  git(clone, ...fetch.split(" "));
  expect((await switchback(["lint", "--base", "origin/dev"], clone)).code).toBe(0);
});

test("a folder in a repository is compared there, whatever repository a hook of another one names", async () => {
  const folder = repository(locking);
  const other = repository(clean);
  git(folder, "checkout", "-q", "-b", "topic");
  commit(folder, "000003_own.up.sql", "CREATE TABLE own (id int PRIMARY KEY);\n");
  const { stdout } = await switchback(["lint", "--base", "main", "--format", "json"], folder, {
    GIT_DIR: join(other, ".git"),
    GIT_INDEX_FILE: ".git/index",
  });
  expect(JSON.parse(stdout).migrations.map((it: { name: string }) => it.name)).toEqual(["000003_own"]);
});

test("a help moves with git only what git follows, and the command that fixes sees the same findings", async () => {
  const folder = repository({
    "db/m/000001_a.up.sql": "CREATE TABLE a (id int PRIMARY KEY);\n",
    "db/m/000001_a.down.sql": "DROP TABLE a;\n",
  });
  git(folder, "branch", "topic");
  writeFileSync(join(folder, "db/m/000002_b.up.sql"), "CREATE TABLE b (id int PRIMARY KEY);\n");
  git(folder, "add", ".");
  git(folder, "commit", "-q", "-m", "b");
  git(folder, "checkout", "-q", "topic");
  writeFileSync(join(folder, "db/m/000002_c.up.sql"), "CREATE TABLE c (id int PRIMARY KEY);\n");
  writeFileSync(join(folder, "db/m/000002_c.down.sql"), "DROP TABLE c;\n");
  git(folder, "add", "db/m/000002_c.up.sql");
  const { stdout } = await switchback(["lint", "db/m", "--base", "main"], folder);
  expect(stdout).toContain("  git mv db/m/000002_c.up.sql db/m/000003_c.up.sql\n");
  expect(stdout).toContain("  mv db/m/000002_c.down.sql db/m/000003_c.down.sql\n");
  expect(stdout).toContain(", with a fix: switchback fix db/m --base main. ");
});

test("a folder in a submodule that is not checked out says how it gets there", async () => {
  const module = repository(clean);
  const folder = repository({ "README.md": "" });
  git(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", module, "the db");
  git(folder, "commit", "-q", "-m", "module");
  const clone = join(folderWith({}), "clone");
  git(folder, "clone", "-q", `file://${folder}`, clone);
  const { code, stderr } = await switchback(["lint", "the db/migrations"], clone);
  expect(code).toBe(2);
  expect(stderr).toBe(
    "switchback: cannot look at the db/migrations: it does not exist\n" +
      "  the db is a submodule that is not checked out: git submodule update --init 'the db'\n",
  );
  expect((await switchback(["check", "the db"], clone)).stderr).toMatch(
    /^switchback: the db is empty\n {2}the db is a submodule/,
  );
});
