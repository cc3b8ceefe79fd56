import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import { sample } from "./sample.ts";
import {
  api,
  closeEverything,
  eventually,
  file,
  folder,
  inStep,
  open,
  replaceAll,
  rulesAt,
  waitForRules,
} from "./support.ts";

/** What people do to many files at once, most of it behind the editor's back. */

const name = "000003_email_index.up.sql";
const bad = `migrations/${name}`;
const at = (path: string) => file(path).fsPath;

function git(...args: string[]): void {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
  execFileSync("git", [...who, ...args], { cwd: at("."), stdio: "pipe" });
}

/** Every finding of the workspace. */
function everything(): string[] {
  return vscode.languages
    .getDiagnostics()
    .map(([uri]) => vscode.workspace.asRelativePath(uri, false))
    .flatMap((path) => rulesAt(path).map((rule) => `${path} ${rule}`))
    .toSorted();
}

async function onlyFolder(path: string): Promise<void> {
  const { folders } = await api();
  await eventually(path, () => folders.all.length === 1 && folders.all[0]?.session.folder === path);
}

async function rename(from: string, to: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(file(from), file(to));
  assert.ok(await vscode.workspace.applyEdit(edit));
}

test("another branch brings fifty files, changes one that is open, and takes them away again", async () => {
  await waitForRules(bad, ["require-concurrent-index"]);
  await inStep();
  const before = everything();
  const migrations = async () => (await folder()).session.result?.migrations.length;
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "few");
  git("checkout", "-qb", "many");
  for (let version = 4; version < 29; version++) {
    const path = `migrations/${String(version).padStart(6, "0")}_more`;
    writeFileSync(at(`${path}.up.sql`), `CREATE TABLE t${version} (id bigint PRIMARY KEY);\n`);
    writeFileSync(at(`${path}.down.sql`), `DROP TABLE t${version};\n`);
  }
  writeFileSync(at(bad), "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);\n");
  git("add", "-A");
  git("commit", "-qm", "many");
  git("checkout", "-q", "main");
  await inStep();
  const { document } = await open(bad);
  git("checkout", "-q", "many");
  await eventually("28 migrations", async () => (await migrations()) === 28);
  await eventually("the document", () => document.getText().includes("CONCURRENTLY"));
  await waitForRules(bad, []);
  git("checkout", "-q", "main");
  await eventually("3 migrations", async () => (await migrations()) === 3);
  await waitForRules(bad, ["require-concurrent-index"]);
  await inStep();
  assert.deepEqual(everything(), before);
  await closeEverything();
  rmSync(at(".git"), { recursive: true });
});

test("a folder that is renamed, on disk or in the editor, takes its findings along", async () => {
  renameSync(at("migrations"), at("database"));
  await onlyFolder("database");
  await waitForRules(`database/${name}`, ["require-concurrent-index"]);
  await waitForRules(bad, []);
  await rename("database", "migrations");
  await onlyFolder("migrations");
  await waitForRules(bad, ["require-concurrent-index"]);
  await waitForRules(`database/${name}`, []);
});

test("what is not saved goes along with a folder that is renamed", async () => {
  await replaceAll(await open(bad), "CREATE TABEL t (id bigint);\n");
  await waitForRules(bad, ["syntax-error"]);
  await rename("migrations", "database");
  await onlyFolder("database");
  await waitForRules(`database/${name}`, ["syntax-error"]);
  await waitForRules(bad, []);
  await closeEverything();
  await rename("database", "migrations");
  await onlyFolder("migrations");
  writeFileSync(at(bad), sample[bad] ?? "");
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("every file is edited, and all are saved at once", async () => {
  const before = everything();
  for (const path of Object.keys(sample).filter((it) => it.startsWith("migrations/"))) {
    const editor = await open(path);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "-- a line more\n"));
  }
  assert.ok(await vscode.workspace.saveAll());
  await inStep();
  assert.deepEqual(everything(), before);
  await closeEverything();
  for (const [path, text] of Object.entries(sample)) writeFileSync(at(path), text);
});

test("a file that is moved out of the workspace takes its findings along, and brings them back", async () => {
  const outside = `${at(".")}.outside.sql`;
  renameSync(at(bad), outside);
  await waitForRules(bad, []);
  renameSync(outside, at(bad));
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("a mistake in the configuration that is mended leaves nothing behind", async () => {
  const problems = () => vscode.languages.getDiagnostics(file("switchback.jsonc")).length;
  writeFileSync(at("switchback.jsonc"), '{ "layout": "gose" }\n');
  await eventually("the problem", () => problems() === 1);
  await waitForRules(bad, ["require-concurrent-index"]);
  writeFileSync(at("switchback.jsonc"), '{ "rules": { "require-concurrent-index": "off" } }\n');
  await waitForRules(bad, []);
  await eventually("no problem", () => problems() === 0);
  rmSync(at("switchback.jsonc"));
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("the first pair is made where the configuration says, before the folder is there", async () => {
  const { folders } = await api();
  rmSync(at("migrations"), { recursive: true });
  await eventually("no folder", () => folders.all.length === 0);
  writeFileSync(at("switchback.jsonc"), '{ "migrations": "db/new", "layout": "goose" }\n');
  await eventually("the name of one", () => folders.missing.length === 1);
  await vscode.commands.executeCommand("switchback.createMigrationPair", undefined, "users");
  await onlyFolder("db/new");
  assert.match(vscode.window.activeTextEditor?.document.uri.path ?? "", /\/db\/new\/\d+_users\.sql$/);
  assert.deepEqual(folders.missing, []);
  await closeEverything();
});
