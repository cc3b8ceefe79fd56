import assert from "node:assert/strict";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import { sample } from "./sample.ts";
import {
  api,
  closeEverything,
  eventually,
  file,
  open,
  remove,
  replaceAll,
  rulesAt,
  waitForRules,
  write,
} from "./support.ts";

const bad = "migrations/000003_email_index.up.sql";

test("activates for a folder with migrations and finds what is wrong in files that nobody opened", async () => {
  const { folders } = await api();
  await eventually("a folder", () => folders.all.length === 1);
  await waitForRules(bad, ["require-concurrent-index"]);
  assert.deepEqual(rulesAt("migrations/000001_users.up.sql"), []);
  assert.deepEqual(rulesAt("migrations/000001_users.down.sql"), []);
});

test("a diagnostic has range, severity, source, and a link to the rule's page", async () => {
  const [diagnostic] = vscode.languages.getDiagnostics(file(bad));
  assert.ok(diagnostic);
  assert.equal(diagnostic.source, "Switchback");
  assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
  assert.match(diagnostic.message, /users/);
  assert.equal(diagnostic.range.start.line, 0);
  assert.ok(diagnostic.range.end.character > diagnostic.range.start.character);
  const { code } = diagnostic;
  assert.ok(typeof code === "object" && code.target.scheme === "command");
});

test("leaves SQL outside of migration folders, and untitled documents, alone", async () => {
  await open("queries/report.sql");
  const untitled = await vscode.workspace.openTextDocument({
    language: "sql",
    content: "CREATE INDEX oops ON users (email);",
  });
  await vscode.window.showTextDocument(untitled);
  const { folders } = await api();
  await folders.settled();
  assert.deepEqual(rulesAt("queries/report.sql"), []);
  assert.deepEqual(vscode.languages.getDiagnostics(untitled.uri), []);
  await closeEverything();
});

test("checks what is typed, saved or not, and forgets it when the document is closed without saving", async () => {
  const editor = await open("migrations/000001_users.up.sql");
  await replaceAll(editor, "CREATE TABEL users (id bigint);\n");
  await waitForRules("migrations/000001_users.up.sql", ["syntax-error"]);
  assert.ok(editor.document.isDirty);
  await closeEverything();
  await waitForRules("migrations/000001_users.up.sql", []);
});

test("finds the same as before where lines end with CRLF", async () => {
  const editor = await open(bad);
  const before = vscode.languages.getDiagnostics(file(bad))[0]?.range;
  await replaceAll(editor, `-- a\n-- b\n${sample[bad]}`);
  await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
  const { folders } = await api();
  await eventually("the moved finding", async () => {
    await folders.settled();
    return vscode.languages.getDiagnostics(file(bad))[0]?.range.start.line === 2;
  });
  const after = vscode.languages.getDiagnostics(file(bad))[0]?.range;
  assert.equal(after?.start.character, before?.start.character);
  assert.equal(after?.end.character, before?.end.character);
  await closeEverything();
});

test("positions count UTF-16 units", async () => {
  const editor = await open(bad);
  await replaceAll(editor, "/* 😀ü */ CREATE INDEX users_email_idx ON users (email);\n");
  await eventually(
    "the moved finding",
    () => vscode.languages.getDiagnostics(file(bad))[0]?.range.start.character === 10,
  );
  await closeEverything();
});

/** Types a text at a place, letter by letter, and tells after each which rules speak: up to the first pause, if any. */
async function typed(path: string, at: vscode.Position, text: string): Promise<string[]> {
  const editor = await open(path);
  editor.selection = new vscode.Selection(at, at);
  const folder = (await api()).folders.of(file(path));
  const seen: string[] = [];
  let isPaused = false;
  for (const letter of text) {
    const before = performance.now();
    await vscode.commands.executeCommand("type", { text: letter });
    await folder?.session.settled();
    const rules = rulesAt(path).join();
    // A slow machine types slowly.
    isPaused ||= performance.now() - before > 500;
    if (!isPaused) seen.push(rules);
  }
  return [...new Set(seen)];
}

test("a statement that is being typed is left alone until there is a pause, and so is what stands around it", async () => {
  await waitForRules(bad, ["require-concurrent-index"]);
  const seen = await typed(bad, new vscode.Position(0, 0), "DROP TABLE use");
  assert.deepEqual(seen, ["require-concurrent-index"].slice(0, seen.length));
  await waitForRules(bad, ["syntax-error"]);
  await closeEverything();
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("what is new is told as soon as it is saved, what is gone at once", async () => {
  const path = "migrations/000004_new.up.sql";
  await write(path, "SELECT 1;\n");
  await write("migrations/000004_new.down.sql", "SELECT 1;\n");
  await waitForRules(path, []);
  const seen = await typed(path, new vscode.Position(0, 0), "DELETE FROM users; ");
  assert.deepEqual(seen, [""].slice(0, seen.length));
  await vscode.window.activeTextEditor?.document.save();
  await waitForRules(path, ["delete-all-rows"]);
  await typed(path, new vscode.Position(0, 17), " WHERE id = 1");
  await waitForRules(path, []);
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_new.${name}.sql`);
  await waitForRules(path, []);
});

test("a file that is not plain UTF-8 is told of while it is open, too", async () => {
  const path = "migrations/000004_coded.up.sql";
  const down = "migrations/000004_coded.down.sql";
  const codings: Readonly<Record<string, readonly number[]>> = {
    "UTF-16": [0xff, 0xfe, 0x2d, 0, 0x2d, 0],
    "a byte order mark": [0xef, 0xbb, 0xbf, 0x2d, 0x2d],
    "Latin 1": [0x2d, 0x2d, 0xe9],
  };
  await write(down, "SELECT 1;\n");
  for (const [coding, bytes] of Object.entries(codings)) {
    await vscode.workspace.fs.writeFile(file(path), Uint8Array.from(bytes));
    await waitForRules(path, ["unreadable-file"]);
    await open(path);
    const { folders } = await api();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await folders.settled();
    assert.deepEqual(rulesAt(path), ["unreadable-file"], coding);
    await closeEverything();
    await remove(path);
    await waitForRules(path, []);
  }
  await remove(down);
});

test("notices files that other programs make, change and delete", async () => {
  await write("migrations/000004_later.up.sql", "CREATE INDEX users_id_idx ON users (id);\n");
  await waitForRules("migrations/000004_later.up.sql", ["missing-down", "require-concurrent-index"]);
  await write("migrations/000004_later.down.sql", "DROP INDEX users_id_idx;\n");
  await waitForRules("migrations/000004_later.up.sql", ["require-concurrent-index"]);
  await remove("migrations/000004_later.up.sql");
  await waitForRules("migrations/000004_later.up.sql", []);
  await waitForRules("migrations/000004_later.down.sql", ["missing-up"]);
  await remove("migrations/000004_later.down.sql");
  await waitForRules("migrations/000004_later.down.sql", []);
});

test("notices a file that is renamed in the editor", async () => {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(file(bad), file("migrations/000009_email_index.up.sql"));
  assert.ok(await vscode.workspace.applyEdit(edit));
  await eventually("findings under the new name", () =>
    rulesAt("migrations/000009_email_index.up.sql").includes("require-concurrent-index"),
  );
  await waitForRules(bad, []);
  const back = new vscode.WorkspaceEdit();
  back.renameFile(file("migrations/000009_email_index.up.sql"), file(bad));
  assert.ok(await vscode.workspace.applyEdit(back));
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("says what is wrong with the folder as a whole, on the file it is about", async () => {
  await write("migrations/000009_gap.up.sql", "CREATE TABLE gap (id bigint PRIMARY KEY);\n");
  await write("migrations/000009_gap.down.sql", "DROP TABLE gap;\n");
  await waitForRules("migrations/000009_gap.up.sql", ["sequence-gap"]);
  await write("migrations/000009_other.up.sql", "CREATE TABLE other (id bigint PRIMARY KEY);\n");
  const related = await eventually("the duplicate", () =>
    [...vscode.languages.getDiagnostics()]
      .flatMap(([, diagnostics]) => diagnostics)
      .find(({ code }) => typeof code === "object" && code.value === "duplicate-version"),
  );
  assert.ok(related.message.includes("000009"));
  for (const name of ["000009_gap.up.sql", "000009_gap.down.sql", "000009_other.up.sql"])
    await remove(`migrations/${name}`);
  await waitForRules("migrations/000009_gap.up.sql", []);
});

test("obeys the configuration, and each change of it", async () => {
  await write("switchback.jsonc", '{ "rules": { "require-concurrent-index": "off" } }\n');
  await waitForRules(bad, []);
  await write("switchback.jsonc", '{ "rules": { "require-concurrent-index": "warning" } }\n');
  await eventually(
    "a warning",
    () => vscode.languages.getDiagnostics(file(bad))[0]?.severity === vscode.DiagnosticSeverity.Warning,
  );
  await remove("switchback.jsonc");
  await eventually(
    "an error again",
    () => vscode.languages.getDiagnostics(file(bad))[0]?.severity === vscode.DiagnosticSeverity.Error,
  );
});

test("a broken configuration is a problem of its own file, and the rest of it still counts", async () => {
  await write("switchback.jsonc", '{ "presett": "all", "rules": { "require-concurrent-index": "off" } }\n');
  const [problem] = await eventually("a problem", () => {
    const found = vscode.languages
      .getDiagnostics(file("switchback.jsonc"))
      .filter(({ source }) => source === "Switchback");
    return found.length > 0 && found;
  });
  assert.match(problem?.message ?? "", /presett/);
  assert.equal(problem?.range.start.character, 2);
  await waitForRules(bad, []);
  await write("switchback.jsonc", "{{{ not JSON");
  await waitForRules(bad, ["require-concurrent-index"]);
  await remove("switchback.jsonc");
  await eventually(
    "no problem",
    () => vscode.languages.getDiagnostics(file("switchback.jsonc")).length === 0,
  );
});

test("a configuration that names its folder leaves others alone", async () => {
  await write("testdata/000001_bad.up.sql", "CREATE TABEL x;\n");
  await eventually("the other folder", () => rulesAt("testdata/000001_bad.up.sql").includes("syntax-error"));
  await write("switchback.jsonc", '{ "migrations": "migrations" }\n');
  await waitForRules("testdata/000001_bad.up.sql", []);
  assert.deepEqual(rulesAt(bad), ["require-concurrent-index"]);
  await remove("switchback.jsonc");
  await remove("testdata");
  await waitForRules("testdata/000001_bad.up.sql", []);
});

test("survives a folder that is deleted and comes back", async () => {
  await write("other/000001_x.up.sql", "CREATE TABEL x;\n");
  await eventually("its finding", () => rulesAt("other/000001_x.up.sql").includes("syntax-error"));
  await remove("other");
  await waitForRules("other/000001_x.up.sql", []);
  const { folders } = await api();
  await eventually("one folder", () => folders.all.length === 1);
  await write("other/000001_x.up.sql", "CREATE TABEL x;\n");
  await eventually("its finding again", () => rulesAt("other/000001_x.up.sql").includes("syntax-error"));
  await remove("other");
  await waitForRules("other/000001_x.up.sql", []);
});

test("reads broken encodings and huge files without harm", async () => {
  await vscode.workspace.fs.writeFile(
    file("migrations/000004_latin.up.sql"),
    new Uint8Array([0x2d, 0x2d, 0xe9, 0x0a]),
  );
  await eventually("the encoding", () =>
    rulesAt("migrations/000004_latin.up.sql").includes("unreadable-file"),
  );
  await remove("migrations/000004_latin.up.sql");
  const rows = "INSERT INTO users (id, email) VALUES (1, 'somebody@example.com');\n".repeat(30_000);
  await write("migrations/000004_huge.up.sql", rows);
  await eventually("the huge file", () => rulesAt("migrations/000004_huge.up.sql").includes("missing-down"));
  await remove("migrations/000004_huge.up.sql");
  await waitForRules("migrations/000004_huge.up.sql", []);
});

test("a configuration that is being typed changes nothing until it can be read", async () => {
  await waitForRules(bad, ["require-concurrent-index"]);
  await write("switchback.jsonc", '{ "rules": { "require-concurrent-index": "off" } }\n');
  await waitForRules(bad, []);
  const editor = await open("switchback.jsonc");
  await replaceAll(editor, '{ "rules": { "require-concurrent-index": "off" } "po\n');
  const { uri } = editor.document;
  const isSaid = () => vscode.languages.getDiagnostics(uri).some(({ source }) => source === "Switchback");
  await eventually("the problem", isSaid);
  await (await api()).folders.settled();
  assert.deepEqual(rulesAt(bad), []);
  await closeEverything();
  await remove("switchback.jsonc");
  await waitForRules(bad, ["require-concurrent-index"]);
});
