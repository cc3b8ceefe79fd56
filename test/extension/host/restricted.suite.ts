import assert from "node:assert/strict";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import { api, eventually, waitForRules } from "./support.ts";

const bad = "migrations/000003_email_index.up.sql";

test("checks without trust", async () => {
  assert.equal(vscode.workspace.isTrusted, false);
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("runs nothing without trust, and says so", async () => {
  const { folders, prover } = await api();
  await eventually("the folder", () => folders.all.length === 1);
  // The command asks what to do and waits for the answer; the Testing view skips.
  void vscode.commands.executeCommand("switchback.runAllRoundTrips");
  await vscode.commands.executeCommand("testing.runAll");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.equal(prover.running, false);
});
