import assert from "node:assert/strict";
import * as vscode from "vscode";
import { MemoryFiles } from "./memory-files.ts";
import { test } from "./runner.ts";
import { sample } from "./sample.ts";
import { api, closeEverything, eventually, shownDiff } from "./support.ts";

test("each folder has its own history and its own configuration", async () => {
  const { folders } = await api();
  await eventually("two folders", () => folders.all.length === 2);
  await folders.settled();
  const found = await eventually("findings", () => {
    const all = vscode.languages.getDiagnostics().filter(([, diagnostics]) => diagnostics.length > 0);
    return all.length > 0 && all;
  });
  const paths = found.map(([uri]) => vscode.workspace.asRelativePath(uri, true));
  assert.deepEqual(paths, ["billing/migrations/000001_index.up.sql"]);
});

test("folders of one name are told apart, also after an edit", async () => {
  const { folders } = await api();
  const at = (root: string) => {
    const folder = folders.all.find(({ uri }) => uri.path.endsWith(`/${root}/migrations`));
    assert.ok(folder, root);
    return folder;
  };
  const [shop, billing] = [at("shop"), at("billing")];
  const up = shop.uriOf("migrations/000001_table.up.sql");
  const editor = await vscode.window.showTextDocument(up);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "-- edited\n"));
  for (const [folder, name] of [
    [shop, "000001_table"],
    [billing, "000001_index"],
  ] as const)
    assert.deepEqual(
      (await folder.session.settled())?.migrations.map((migration) => migration.name),
      [name],
    );
  await vscode.commands.executeCommand("switchback.showSchemaChange", up);
  const { modified } = await shownDiff();
  assert.match((await vscode.workspace.openTextDocument(modified)).getText(), /public\.t\.id \(column\)/);
  await closeEverything();
  assert.deepEqual(
    [shop, billing].map(({ shown }) => shown),
    ["shop/migrations", "billing/migrations"],
  );
});

test("Run All Round Trips: of every folder", async () => {
  const { folders, roundTrips } = await api();
  await vscode.commands.executeCommand("switchback.runAllRoundTrips");
  const verdicts = folders.all.flatMap((folder) =>
    (folder.session.result?.migrations ?? []).map(
      (migration) => roundTrips.of(folder, migration)?.proved.roundTrip.verdict.status,
    ),
  );
  // What one folder makes is not there for the other.
  assert.deepEqual(verdicts.sort(), ["reversible", "up-failed"]);
});

test("a round trip runs the folder that it was asked for", async () => {
  const { folders, roundTrips } = await api();
  const shop = folders.all.find(({ root }) => root.path.endsWith("/shop"));
  assert.ok(shop);
  const token = new vscode.CancellationTokenSource().token;
  const { roundTrips: results } = await roundTrips.run(shop, { token, onCommand: true });
  assert.deepEqual(
    results.map(({ name, verdict }) => [name, verdict.status]),
    [["000001_table", "reversible"]],
  );
});

/** Opens a file system of its own as one more folder of the workspace. */
async function virtualFolder(scheme: string, isReadonly: boolean) {
  vscode.workspace.registerFileSystemProvider(scheme, new MemoryFiles(sample), { isReadonly });
  const uri = vscode.Uri.from({ scheme, path: "/" });
  assert.ok(
    vscode.workspace.updateWorkspaceFolders(vscode.workspace.workspaceFolders?.length ?? 0, 0, {
      uri,
      name: scheme,
    }),
  );
  const { folders } = await api();
  const folder = await eventually(scheme, () => folders.at(vscode.Uri.joinPath(uri, "migrations")));
  return { uri, folder };
}

async function takeOut(name: string): Promise<void> {
  const { folders } = await api();
  const before = folders.all.length;
  const index = vscode.workspace.workspaceFolders?.findIndex((folder) => folder.name === name) ?? -1;
  assert.ok(vscode.workspace.updateWorkspaceFolders(index, 1));
  await eventually("one folder less", () => folders.all.length < before);
}

test("a virtual workspace is checked, repaired and proved through the editor's file system", async () => {
  const { uri, folder } = await virtualFolder("memory", false);
  const bad = vscode.Uri.joinPath(uri, "migrations/000003_email_index.up.sql");
  await eventually("the finding", () => vscode.languages.getDiagnostics(bad).length === 1);
  await vscode.window.showTextDocument(bad);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    bad,
    new vscode.Range(0, 3, 0, 3),
  );
  const fix = actions.find(({ isPreferred }) => isPreferred)?.edit;
  assert.ok(fix && (await vscode.workspace.applyEdit(fix)));
  await vscode.workspace.saveAll();
  await eventually("no finding", () => vscode.languages.getDiagnostics(bad).length === 0);
  await vscode.commands.executeCommand("switchback.createMigrationPair", folder.uri, "orders");
  await eventually("the pair", () => folder.migrationAt("000004")?.down !== undefined);
  const { roundTrips } = await api();
  const token = new vscode.CancellationTokenSource().token;
  const report = await roundTrips.run(folder, { token, onCommand: true, only: ["000002", "000003"] });
  assert.deepEqual(
    report.roundTrips.map(({ verdict }) => verdict.status),
    ["drift", "reversible"],
  );
  await closeEverything();
  await takeOut("memory");
});

test("where nothing can be written, nothing is made, and that is said", async () => {
  const { folder } = await virtualFolder("read-only", true);
  await folder.session.settled();
  await vscode.commands.executeCommand("switchback.createMigrationPair", folder.uri, "orders");
  await folder.session.settled();
  assert.equal(folder.migrationAt("000004"), undefined);
  assert.equal(vscode.window.visibleTextEditors.length, 0);
  await takeOut("read-only");
});

test("a workspace folder that is taken out takes its findings along", async () => {
  const { folders } = await api();
  const billing = vscode.workspace.workspaceFolders?.findIndex(({ name }) => name === "billing") ?? -1;
  assert.ok(vscode.workspace.updateWorkspaceFolders(billing, 1));
  await eventually("one folder", () => folders.all.length === 1);
  await eventually("no finding", () =>
    vscode.languages.getDiagnostics().every(([, diagnostics]) => diagnostics.length === 0),
  );
});
