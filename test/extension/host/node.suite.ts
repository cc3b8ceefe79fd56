/** What an extension host of Node has, and one of a browser has not. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import {
  api,
  closeEverything,
  eventually,
  file,
  folder,
  none,
  open,
  remove,
  rulesAt,
  waitForRules,
  write,
} from "./support.ts";

test("the configuration is completed from its schema", async () => {
  await write("switchback.jsonc", "{\n  \n}\n");
  await open("switchback.jsonc");
  const labels = await eventually("completions", async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      file("switchback.jsonc"),
      new vscode.Position(1, 2),
    );
    const names = list.items.map(({ label }) =>
      (typeof label === "string" ? label : label.label).replaceAll('"', ""),
    );
    return names.includes("preset") && names;
  });
  assert.ok(labels.includes("migrations"));
  await closeEverything();
  await remove("switchback.jsonc");
});

test("what is wrong with the configuration is said once, under the whole word", async () => {
  await write("switchback.jsonc", '{ "postgres": "elf", "what": 1 }\n');
  const { document } = await open("switchback.jsonc");
  const problems = () => vscode.languages.getDiagnostics(document.uri);
  await eventually("both problems", () => problems().length >= 2);
  // The language server of JSON answers in turn: it has looked at the file by now.
  const ask = "vscode.executeCompletionItemProvider";
  await vscode.commands.executeCommand(ask, document.uri, new vscode.Position(0, 2));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.deepEqual(
    problems().map(({ source, range }) => [source, document.getText(range)]),
    [
      ["Switchback", '"elf"'],
      ["Switchback", '"what"'],
    ],
  );
  await closeEverything();
  await remove("switchback.jsonc");
});

test("a server: from the secrets only, and its password is not told", async () => {
  const settings = vscode.workspace.getConfiguration("switchback.roundTrip");
  await settings.update("engine", "server", vscode.ConfigurationTarget.Global);
  const { roundTrips } = await api();
  const where = await folder();
  const prove = () => roundTrips.run(where, { token: none, onCommand: true, only: ["000001"] });
  await assert.rejects(prove, /Set Server URL/);
  await vscode.commands.executeCommand(
    "switchback.setServerUrl",
    "postgres://me:s3cret@127.0.0.1:1/postgres",
  );
  const report = await prove();
  assert.match(report.unproved ?? "", /127\.0\.0\.1/);
  assert.doesNotMatch(JSON.stringify(report), /s3cret/);
  await vscode.commands.executeCommand("switchback.clearServerUrl");
  await assert.rejects(prove, /Set Server URL/);
  // What nobody asked for runs inside the editor.
  const onSave = await roundTrips.run(where, { token: none, onCommand: false, only: ["000001"] });
  assert.equal(onSave.engine?.name, "pglite");
  await settings.update("engine", undefined, vscode.ConfigurationTarget.Global);
});

test("a server that is there: proved in a scratch database, which is gone afterwards", async () => {
  const url = process.env.SWITCHBACK_SERVER_URL;
  assert.ok(url, "a server is started by whoever starts this suite");
  const settings = vscode.workspace.getConfiguration("switchback.roundTrip");
  await settings.update("engine", "server", vscode.ConfigurationTarget.Global);
  await vscode.commands.executeCommand("switchback.setServerUrl", url);
  const { roundTrips } = await api();
  const report = await roundTrips.run(await folder(), { token: none, onCommand: true });
  assert.equal(report.engine?.name, "server");
  assert.deepEqual(
    report.roundTrips.map(({ verdict }) => verdict.status),
    ["reversible", "drift", "reversible"],
  );
  await vscode.commands.executeCommand("switchback.clearServerUrl");
  await settings.update("engine", undefined, vscode.ConfigurationTarget.Global);
});

test("notices a folder that is moved in, with all that is in it", async () => {
  const outside = mkdtempSync(join(tmpdir(), "switchback-moved-"));
  mkdirSync(join(outside, "moved"));
  writeFileSync(join(outside, "moved/000001_x.up.sql"), "CREATE TABEL x;\n");
  renameSync(join(outside, "moved"), file("moved").fsPath);
  rmdirSync(outside);
  await eventually("its finding", () => rulesAt("moved/000001_x.up.sql").includes("syntax-error"));
  await remove("moved");
  await waitForRules("moved/000001_x.up.sql", []);
});
