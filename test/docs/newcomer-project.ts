import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PackedPackage } from "../support/packed-package.ts";

const root = join(import.meta.dirname, "..", "..");

/** Makes a repository with the package and fourteen migrations, the last on a branch of its own, and an upstream. */
export function newcomerProject(project: string, packed: PackedPackage): string {
  mkdirSync(project);
  symlinkSync(join(packed.project, "node_modules"), join(project, "node_modules"));
  cpSync(join(root, "migrations"), join(project, "migrations"), { recursive: true });
  const write = (number: number) => {
    const stem = join(project, "migrations", `${String(number).padStart(6, "0")}_create_table_${number}`);
    writeFileSync(`${stem}.up.sql`, `CREATE TABLE table_${number} (id bigint PRIMARY KEY);\n`);
    writeFileSync(`${stem}.down.sql`, `DROP TABLE table_${number};\n`);
  };
  for (let number = 3; number < 14; number++) write(number);
  cpSync(join(project, "migrations"), join(project, "db/migrations"), { recursive: true });
  writeFileSync(join(project, "up.sql"), "ALTER TABLE users ADD COLUMN status text;\n");
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=n", "-c", "user.email=n@example.org", ...args], { cwd: project });
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--", "migrations", "db", "up.sql");
  git("commit", "--quiet", "--message", "start");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  git("checkout", "--quiet", "-b", "feature");
  write(14);
  git("add", "--", "migrations");
  git("commit", "--quiet", "--message", "table 14");
  return project;
}
