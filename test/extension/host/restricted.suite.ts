import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import { api, eventually, waitForRules } from "./support.ts";

const bad = "migrations/000003_email_index.up.sql";

test("checks without trust", async () => {
  assert.equal(vscode.workspace.isTrusted, false);
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("asks no git without trust: the repository's configuration may name programs", async () => {
  const { folders } = await api();
  await eventually("the folder", () => folders.all.length === 1);
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd: root });
  const proof = `${root}/ran`;
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "base");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  git("config", "filter.x.clean", `touch '${proof}'; cat`);
  writeFileSync(`${root}/.gitattributes`, "*.sql filter=x\n");
  utimesSync(`${root}/${bad}`, new Date(), new Date());
  try {
    await vscode.commands.executeCommand("switchback.renumberMigration", folders.all[0]?.uri);
    assert.equal(existsSync(proof), false);
  } finally {
    rmSync(`${root}/.git`, { recursive: true });
    rmSync(`${root}/.gitattributes`);
  }
});

test("runs nothing without trust, and says so", async () => {
  const { folders, prover } = await api();
  await eventually("the folder", () => folders.all.length === 1);
  // The command asks what to do and waits for the answer; the Testing view skips.
  void vscode.commands.executeCommand("switchback.runAllRoundTrips");
  // So does VS Code, now and then: it may ask for trust itself before it comes to that.
  void vscode.commands.executeCommand("testing.runAll");
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  assert.equal(prover.running, false);
});
