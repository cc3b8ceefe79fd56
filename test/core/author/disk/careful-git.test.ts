import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { moveFile } from "#core/author/disk/move-file.ts";
import { defaultBranch } from "#core/history/default-branch.ts";
import { readGitFolder } from "#core/history/git-folder.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { originHost } from "../../../../cli/init/git-origin.ts";

let root: string;
let migrations: string;
const git = (...args: string[]) => execFileSync("git", args, { cwd: root, stdio: "pipe" });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "switchback-git-"));
  migrations = join(root, "migrations");
  mkdirSync(migrations);
  writeFileSync(join(migrations, "1_a.up.sql"), "SELECT 1;\n");
  git("init", "--quiet", "--initial-branch=main");
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message=first");
  git("remote", "add", "origin", "https://git.example.org/a/b.git");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  // Windows looks there first of its own accord; elsewhere PATH may say so.
  vi.stubEnv("PATH", `.${delimiter}${process.env.PATH}`);
  for (const folder of [root, migrations])
    if (process.platform === "win32") copyFileSync(process.execPath, join(folder, "git.exe"));
    else writeFileSync(join(folder, "git"), `#!/bin/sh\ntouch "${root}/ran"\n`, { mode: 0o755 });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

it("knows the default branch of a clone that was fetched, which has no HEAD of its origin", async () => {
  vi.unstubAllEnvs();
  git("update-ref", "refs/remotes/origin/master", "HEAD");
  git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD");
  expect(await defaultBranch(migrations)).toBe("origin/main");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/master");
  expect(await defaultBranch(migrations)).toBe("origin/master");
  for (const name of ["HEAD", "main", "master"])
    git("update-ref", "--no-deref", "-d", `refs/remotes/origin/${name}`);
  expect(await defaultBranch(migrations)).toBeUndefined();
});

it("does not run a program of that name that lies among the migrations", async () => {
  expect(originHost(root)).toBe("git.example.org");
  expect(await defaultBranch(migrations)).toBe("origin/main");
  expect(await readGitFolder(migrations, "migrations", "origin/main", golangMigrate)).toMatchObject({
    ok: true,
    files: [{ path: "migrations/1_a.up.sql" }],
  });
  moveFile(join(migrations, "1_a.up.sql"), join(migrations, "2_a.up.sql"));
  expect(existsSync(join(root, "ran"))).toBe(false);
  vi.unstubAllEnvs();
  expect(String(git("status", "--porcelain", "--untracked-files=no"))).toBe(
    "R  migrations/1_a.up.sql -> migrations/2_a.up.sql\n",
  );
});
