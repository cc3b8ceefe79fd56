import assert from "node:assert/strict";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import {
  api,
  closeEverything,
  eventually,
  extensionId,
  file,
  folder,
  inStep,
  open,
  remove,
  rulesAt,
  shownDiff,
  waitForRules,
  write,
} from "./support.ts";

const bad = "migrations/000003_email_index.up.sql";

test("every command of the manifest is there, and none besides", async () => {
  await api();
  const { contributes } = vscode.extensions.getExtension(extensionId)?.packageJSON ?? {};
  const declared: string[] = contributes.commands.map(({ command }: { command: string }) => command).sort();
  const registered = (await vscode.commands.getCommands(true))
    .filter((name) => /^switchback\.[a-z][A-Za-z]+$/.test(name))
    .sort();
  assert.deepEqual(registered, declared);
});

test("Create Migration Pair: both files side by side, the cursor in the up, the next version in the folder's style", async () => {
  await vscode.commands.executeCommand(
    "switchback.createMigrationPair",
    file("migrations"),
    "Add user's name",
  );
  const shown = () =>
    vscode.window.visibleTextEditors.map(({ document }) => document.uri.path.replace(/^.*\//, "")).sort();
  const pair = ["000004_add_users_name.down.sql", "000004_add_users_name.up.sql"];
  await eventually("both files", () => String(shown()) === String(pair));
  const editor = vscode.window.activeTextEditor;
  assert.match(editor?.document.uri.path ?? "", /up\.sql$/);
  assert.equal(editor?.document.getText(), "-- Add users name\n\n");
  assert.equal(editor?.selection.active.line, 1);
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_add_users_name.${name}.sql`);
});

test("Create Migration Pair: the files begin with the header that the configuration names", async () => {
  const create = () =>
    vscode.commands.executeCommand("switchback.createMigrationPair", file("migrations"), "note");
  await write("header.txt", "-- {title}, {direction}\nSET lock_timeout = '5s';\n");
  await write("switchback.jsonc", '{ "migrations": "migrations", "header": "header.txt" }\n');
  const header = async () => (await folder()).session.config.header;
  await eventually("the configuration", async () => (await header()) !== undefined);
  await create();
  const [up, down] = await Promise.all(
    ["up", "down"].map(async (name) =>
      vscode.workspace.openTextDocument(file(`migrations/000004_note.${name}.sql`)),
    ),
  );
  assert.equal(up?.getText(), "-- note, up\nSET lock_timeout = '5s';\n\n");
  assert.equal(down?.getText(), "-- note, down\nSET lock_timeout = '5s';\n\n");
  assert.equal(vscode.window.activeTextEditor?.selection.active.line, 2);
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_note.${name}.sql`);
  await remove("header.txt");
  await inStep();
  await create();
  await (await folder()).session.settled();
  assert.equal((await folder()).migrationAt("000004"), undefined);
  await remove("switchback.jsonc");
  await eventually("no configuration", async () => (await header()) === undefined);
});

test("Rename Migration: both files of the pair", async () => {
  await open(bad);
  await vscode.commands.executeCommand("switchback.renameMigration", file(bad), "Index of emails");
  const renamed = "migrations/000003_index_of_emails.up.sql";
  await waitForRules(renamed, ["require-concurrent-index"]);
  await vscode.commands.executeCommand("switchback.renameMigration", file(renamed), "email index");
  await waitForRules(bad, ["require-concurrent-index"]);
  await closeEverything();
});

test("Renumber Migration: a version that is used twice moves behind the highest", async () => {
  await write("migrations/000002_twice.up.sql", "CREATE TABLE twice (id bigint PRIMARY KEY);\n");
  await write("migrations/000002_twice.down.sql", "DROP TABLE twice;\n");
  await waitForRules("migrations/000002_twice.up.sql", ["duplicate-version"]);
  await vscode.commands.executeCommand("switchback.renumberMigration", file("migrations"), true);
  await waitForRules("migrations/000004_twice.up.sql", []);
  for (const name of ["up", "down"]) await remove(`migrations/000004_twice.${name}.sql`);
});

test("Go to Up or Down: there and back", async () => {
  await open(bad);
  await vscode.commands.executeCommand("switchback.goToPair");
  assert.match(vscode.window.activeTextEditor?.document.uri.path ?? "", /000003_email_index\.down\.sql$/);
  await vscode.commands.executeCommand("switchback.goToPair");
  assert.match(vscode.window.activeTextEditor?.document.uri.path ?? "", /000003_email_index\.up\.sql$/);
  await closeEverything();
});

test("Propose Down: never over a down that is there, but beside it", async () => {
  await open("migrations/000002_status.up.sql");
  await vscode.commands.executeCommand("switchback.proposeDown");
  const input = await shownDiff();
  assert.equal(input.original.toString(), file("migrations/000002_status.down.sql").toString());
  const proposal = (await vscode.workspace.openTextDocument(input.modified)).getText();
  assert.equal(
    proposal,
    "ALTER TABLE users DROP COLUMN IF EXISTS status;\nDROP TYPE IF EXISTS user_status;\n",
  );
  const down = (await vscode.workspace.openTextDocument(input.original)).getText();
  assert.equal(down, "ALTER TABLE users DROP COLUMN status;\n");
  await closeEverything();
});

test("Propose Down: behind the comments of a down that nobody opened, with lines of both ends", async () => {
  const [up, down] = ["migrations/000004_ends.up.sql", "migrations/000004_ends.down.sql"];
  await write(up, "CREATE TABLE t (id bigint PRIMARY KEY);\n");
  await write(down, `${"-- one\r\n".repeat(20)}-- two\n-- three\n`);
  await open(up);
  await waitForRules(down, ["empty-down"]);
  await vscode.commands.executeCommand("switchback.proposeDown");
  const document = await vscode.workspace.openTextDocument(file(down));
  assert.match(
    document.getText(),
    /^(-- one\r?\n){20}-- two\r?\n-- three\r?\n\s*DROP TABLE IF EXISTS t;\s*$/,
  );
  await vscode.commands.executeCommand("workbench.action.files.revert");
  await closeEverything();
  for (const path of [up, down]) await remove(path);
  await waitForRules(up, []);
});

test("Show Schema Before and After: a diff of what the up changes", async () => {
  await vscode.commands.executeCommand(
    "switchback.showSchemaChange",
    file("migrations/000002_status.up.sql"),
  );
  const input = await shownDiff();
  const before = (await vscode.workspace.openTextDocument(input.original)).getText();
  const after = (await vscode.workspace.openTextDocument(input.modified)).getText();
  assert.ok(before.includes("public.users.email (column): text NOT NULL"), before);
  assert.ok(!before.includes("status"), before);
  assert.ok(after.includes("public.users.status (column): public.user_status"), after);
  await closeEverything();
});

test("Explain Rule: a page with the reason and examples", async () => {
  await vscode.commands.executeCommand("switchback.explainRule", "require-concurrent-index");
  const page = await eventually("the page", () =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "switchback-rule"),
  );
  assert.match(page.getText(), /^# require-concurrent-index/);
  assert.match(page.getText(), /## Instead[\s\S]*CONCURRENTLY/);
  await closeEverything();
});

test("Open Configuration: the file, or an unsaved one that says what holds", async () => {
  await open(bad);
  await vscode.commands.executeCommand("switchback.openConfig");
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.uri.scheme, "untitled");
  assert.match(editor?.document.getText() ?? "", /"migrations": "migrations"/);
  await closeEverything();
  await write("switchback.jsonc", "{}\n");
  const { folders } = await api();
  await eventually("the configuration", () => folders.all[0]?.configUri !== undefined);
  await open(bad);
  await vscode.commands.executeCommand("switchback.openConfig");
  assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file("switchback.jsonc").toString());
  await closeEverything();
  await remove("switchback.jsonc");
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("CodeLens: run and propose above a migration, nothing above other SQL", async () => {
  await open(bad);
  const lenses = await eventually("lenses", async () => {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      file(bad),
      10,
    );
    return found.length > 0 && found;
  });
  assert.deepEqual(
    lenses.map(({ command }) => command?.title),
    ["$(play) Run round trip", "Propose down"],
  );
  const other = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    file("queries/report.sql"),
    10,
  );
  assert.deepEqual(other, []);
  const settings = vscode.workspace.getConfiguration("switchback");
  await settings.update("codeLens.enabled", false, vscode.ConfigurationTarget.Global);
  const off = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    file(bad),
    10,
  );
  assert.deepEqual(off, []);
  await settings.update("codeLens.enabled", undefined, vscode.ConfigurationTarget.Global);
  await closeEverything();
});

test("checks wait for a save where the setting says so", async () => {
  const settings = vscode.workspace.getConfiguration("switchback");
  await settings.update("lint.run", "onSave", vscode.ConfigurationTarget.Global);
  const path = "migrations/000004_save.up.sql";
  await write(path, "CREATE TABLE t (id bigint PRIMARY KEY);\n");
  await write("migrations/000004_save.down.sql", "DROP TABLE t;\n");
  const { folders } = await api();
  await eventually("both files", () => folders.at(file("migrations"))?.migrationAt("000004")?.down);
  const editor = await open(path);
  await waitForRules(path, []);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "CREATE TABEL x;\n"));
  // Had it been checked, there would be a result to wait for.
  await folders.settled();
  assert.deepEqual(rulesAt(path), []);
  await editor.document.save();
  await waitForRules(path, ["syntax-error"]);
  await settings.update("lint.run", undefined, vscode.ConfigurationTarget.Global);
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_save.${name}.sql`);
  await waitForRules(path, []);
});
