import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { MigrationFolder } from "../../../extension/src/folders/migration-folder.ts";
import { layoutSamples } from "./layout-samples.ts";
import { test } from "./runner.ts";
import { api, closeEverything, eventually, file, open, rulesAt, waitForRules, write } from "./support.ts";

const none = new vscode.CancellationTokenSource().token;

async function folderAt(path: string): Promise<MigrationFolder> {
  const { folders } = await api();
  const folder = await eventually(path, () => folders.at(file(path)));
  await folder.session.settled();
  return folder;
}

test("every folder of migrations is found, and nothing else", async () => {
  const { folders } = await api();
  await eventually("the folders", () => folders.all.length === layoutSamples.length);
  await folders.settled();
  assert.deepEqual(
    folders.all.map(({ session }) => [session.folder, session.result?.layout]).sort(),
    layoutSamples.map(({ folder, layout }) => [folder, layout]).sort(),
  );
  assert.deepEqual(rulesAt("initdb/01-not-a-migration.sql"), []);
});

for (const { layout, folder: path, files, verdict, created, createdFiles } of layoutSamples) {
  const [first = ""] = Object.keys(files);
  const upPath = `${path}/${first}`;
  const one = Object.keys(files).filter((name) => name.endsWith(".sql")).length === 1;

  test(`${layout}: proved on the built-in PostgreSQL`, async () => {
    const folder = await folderAt(path);
    const { roundTrips } = await api();
    const report = await roundTrips.run(folder, { token: none, onCommand: true });
    assert.deepEqual(
      report.roundTrips.map((it) => it.verdict.status),
      [verdict],
    );
  });

  test(`${layout}: checked while it is typed`, async () => {
    const editor = await open(upPath);
    const line = editor.document
      .getText()
      .split("\n")
      .findIndex((text) => text.startsWith("CREATE"));
    await editor.edit((edit) => edit.insert(new vscode.Position(line, 0), "CREATE TABEL x;\n"));
    await waitForRules(upPath, ["syntax-error"]);
    assert.equal(vscode.languages.getDiagnostics(file(upPath))[0]?.range.start.line, line);
    await closeEverything();
    await waitForRules(upPath, []);
  });

  if (verdict === "reversible")
    test(`${layout}: Go to Up or Down`, async () => {
      const editor = await open(upPath);
      const there = () => {
        const active = vscode.window.activeTextEditor;
        return `${active?.document.uri.path}:${active?.document.lineAt(active.selection.active.line).text}`;
      };
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      await vscode.commands.executeCommand("switchback.goToPair");
      const down = there();
      assert.match(down, one ? /:DROP TABLE users;$/ : /down|U1__/);
      await vscode.commands.executeCommand("switchback.goToPair");
      assert.match(there(), one ? /:CREATE TABLE users \($/ : /up|V1__|migration\.sql:/);
      await closeEverything();
    });

  test(`${layout}: a new migration, and its down proposed`, async () => {
    const folder = await folderAt(path);
    await vscode.commands.executeCommand("switchback.createMigrationPair", file(path), "add orders");
    const made = await eventually("the files", async () => {
      await folder.session.settled();
      const names = folder.session.paths.filter((it) => /add[_-]orders/.test(it));
      return names.length === createdFiles && names.map((it) => it.slice(path.length + 1));
    });
    for (const name of made) assert.match(name, created);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await editor.edit((edit) =>
      edit.insert(editor.selection.active, "CREATE TABLE orders (id bigint PRIMARY KEY);\n"),
    );
    await editor.document.save();
    await folder.session.settled();
    await vscode.commands.executeCommand("switchback.proposeDown", editor.document.uri);
    const proposed = vscode.window.activeTextEditor?.document;
    assert.match(proposed?.getText() ?? "", /DROP TABLE IF EXISTS orders;/);
    assert.equal(proposed?.isDirty, verdict === "reversible");
    await vscode.workspace.saveAll();
    const { roundTrips } = await api();
    await folder.session.settled();
    const report = await roundTrips.run(folder, { token: none, onCommand: true });
    assert.deepEqual(
      report.roundTrips.map((it) => it.verdict.status),
      [verdict, verdict],
    );
    await closeEverything();
  });
}

test("Rename Migration: the folder of a migration moves as a whole", async () => {
  const folder = await folderAt("diesel/migrations");
  const old = file("diesel/migrations/2024-01-31-120000_users");
  await write("diesel/migrations/2024-01-31-120000_users/data/seed.csv", "1\n");
  await vscode.commands.executeCommand(
    "switchback.renameMigration",
    vscode.Uri.joinPath(old, "up.sql"),
    "people",
  );
  await eventually("the new name", () => folder.migrationAt("2024-01-31-120000")?.name.endsWith("_people"));
  await assert.rejects(async () => vscode.workspace.fs.stat(old));
  await vscode.workspace.fs.stat(file("diesel/migrations/2024-01-31-120000_people/data/seed.csv"));
});

test("Rename Migration: what lists a migration names it anew, on disk", async () => {
  const folder = await folderAt("shop/migrations");
  const up = file("shop/migrations/0001_add_orders.sql");
  await vscode.commands.executeCommand("switchback.renameMigration", up, "sell");
  await eventually("the new name", () => folder.migrationAt("0001")?.name === "0001_sell");
  const list = await vscode.workspace.fs.readFile(file("shop/migrations/meta/_journal.json"));
  const { entries } = JSON.parse(new TextDecoder().decode(list));
  assert.deepEqual(
    entries.map(({ tag }: { readonly tag: string }) => tag),
    ["0000_users", "0001_sell"],
  );
});

test("Renumber Migration: of two goose files with one version the second moves behind the highest", async () => {
  const folder = await folderAt("goose/schema");
  await write("goose/schema/00001_zebra.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 1;\n");
  await eventually("the second", () =>
    folder.session.result?.migrations.some(({ name }) => name === "00001_zebra"),
  );
  await vscode.commands.executeCommand("switchback.renumberMigration", file("goose/schema"), true);
  await eventually("its new version", () => folder.migrationAt("00004")?.name === "00004_zebra");
});

test("a configuration names a folder that has no migration yet, and its layout", async () => {
  await write("empty/switchback.jsonc", '{ "migrations": "sql", "layout": "goose" }\n');
  await vscode.workspace.fs.createDirectory(file("empty/sql"));
  const { folders } = await api();
  await folders.scan();
  await folderAt("empty/sql");
  await vscode.commands.executeCommand("switchback.createMigrationPair", file("empty/sql"), "first");
  assert.match(
    vscode.window.activeTextEditor?.document.getText() ?? "",
    /^-- \+goose Up\n-- First\n\n+-- \+goose Down\n-- Undo: first\n/,
  );
  // Below the line about it, above the marker of the down.
  assert.equal(vscode.window.activeTextEditor?.selection.active.line, 2);
  await closeEverything();
});
