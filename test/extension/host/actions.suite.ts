import assert from "node:assert/strict";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import { closeEverything, file, open, remove, replaceAll, rulesAt, waitForRules, write } from "./support.ts";

const bad = "migrations/000003_email_index.up.sql";

async function actionsAt(
  path: string,
  position: vscode.Position,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const range = new vscode.Range(position, position);
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", file(path), range, kind?.value);
}

async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit, "an action with an edit");
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

const top = new vscode.Position(0, 3);

test("the lightbulb offers the fix first, then to ignore", async () => {
  await open(bad);
  await waitForRules(bad, ["require-concurrent-index"]);
  const actions = await actionsAt(bad, top);
  assert.deepEqual(
    actions.map(({ title }) => title),
    [
      "Build with CONCURRENTLY",
      "Ignore require-concurrent-index on this statement",
      "Ignore require-concurrent-index in this file",
    ],
  );
  assert.equal(actions[0]?.isPreferred, true);
});

test("the fix silences its rule", async () => {
  const editor = await open(bad);
  const [fix] = await actionsAt(bad, top);
  await apply(fix);
  assert.match(editor.document.getText(), /CREATE INDEX CONCURRENTLY/);
  await waitForRules(bad, []);
  await closeEverything();
  await waitForRules(bad, ["require-concurrent-index"]);
});

for (const [title, directive] of [
  ["Ignore require-concurrent-index on this statement", "-- switchback-ignore require-concurrent-index: "],
  ["Ignore require-concurrent-index in this file", "-- switchback-ignore-file require-concurrent-index: "],
] as const) {
  test(`${title}: a comment with room for the reason`, async () => {
    const editor = await open(bad);
    const action = (await actionsAt(bad, top)).find((it) => it.title === title);
    await apply(action);
    assert.ok(editor.document.lineAt(0).text.startsWith(directive), editor.document.lineAt(0).text);
    assert.notEqual(editor.document.lineAt(0).text.slice(directive.length).trim(), "");
    await waitForRules(bad, []);
    await closeEverything();
    await waitForRules(bad, ["require-concurrent-index"]);
  });
}

test("everything in a file is fixed at once", async () => {
  const path = "migrations/000004_many.up.sql";
  await write(path, "CREATE INDEX a_idx ON users (id);\n");
  await write("migrations/000004_many.down.sql", "DROP INDEX a_idx;\n");
  const editor = await open(path);
  await waitForRules(path, ["require-concurrent-index"]);
  const [all] = await actionsAt(path, top, vscode.CodeActionKind.SourceFixAll);
  assert.ok(all, "a fix-all action");
  await apply(all);
  assert.match(editor.document.getText(), /CONCURRENTLY/);
  await waitForRules(path, []);
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_many.${name}.sql`);
  await waitForRules(path, []);
});

test("a missing down is created with the proposal in it, not saved", async () => {
  const path = "migrations/000004_orders.up.sql";
  await write(path, "CREATE TABLE orders (id bigint PRIMARY KEY);\n");
  await open(path);
  await waitForRules(path, ["missing-down"]);
  const create = (await actionsAt(path, new vscode.Position(0, 0))).find(
    ({ title }) => title === "Create the down",
  );
  assert.ok(create?.command);
  await vscode.commands.executeCommand(create.command.command, ...(create.command.arguments ?? []));
  const down = vscode.window.activeTextEditor?.document;
  assert.equal(down?.uri.path, file("migrations/000004_orders.down.sql").path);
  assert.equal(down.getText(), "DROP TABLE IF EXISTS orders;\n");
  assert.ok(down.isDirty);
  await waitForRules(path, []);
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_orders.${name}.sql`);
  await waitForRules(path, []);
});

test("a down in the wrong order can be put right", async () => {
  const path = "migrations/000004_view.down.sql";
  await write(
    "migrations/000004_view.up.sql",
    "CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE VIEW v AS SELECT id FROM t;\n",
  );
  await write(path, "DROP TABLE t;\nDROP VIEW v;\n");
  const editor = await open(path);
  await waitForRules(path, ["down-order"]);
  const fix = (await actionsAt(path, new vscode.Position(0, 0))).find((it) => it.isPreferred);
  await apply(fix);
  assert.match(editor.document.getText(), /DROP VIEW v;\s+DROP TABLE t;/);
  await waitForRules(path, []);
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_view.${name}.sql`);
  await waitForRules(path, []);
});

test("actions are about the text as it is, not as it was", async () => {
  const editor = await open(bad);
  await waitForRules(bad, ["require-concurrent-index"]);
  await replaceAll(editor, `\n\n${editor.document.getText()}`);
  const actions = await actionsAt(bad, new vscode.Position(2, 3));
  await apply(actions.find(({ isPreferred }) => isPreferred));
  assert.match(editor.document.getText(), /^\n\nCREATE INDEX CONCURRENTLY users_email_idx/);
  await closeEverything();
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("a fix in a file that nobody opened, with lines of both ends, is put where it belongs", async () => {
  const [up, down] = ["migrations/000004_ends.up.sql", "migrations/000004_ends.down.sql"];
  await write(up, "CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE TYPE kind AS ENUM ('a');\n");
  await write(down, `${"-- one\r\n".repeat(20)}-- two\nDROP TABLE t;\n`);
  await open(up);
  await waitForRules(up, ["down-incomplete"]);
  const fix = (await actionsAt(up, new vscode.Position(1, 3))).find(({ isPreferred }) => isPreferred);
  const documents = vscode.workspace.textDocuments.map(({ uri }) => uri.toString());
  assert.ok(!documents.includes(file(down).toString()), "a lightbulb opens no file");
  await apply(fix);
  const document = await vscode.workspace.openTextDocument(file(down));
  assert.match(
    document.getText(),
    /^(-- one\r?\n){20}-- two\r?\nDROP TABLE t;\r?\nDROP TYPE (IF EXISTS )?kind;\s*$/,
  );
  await waitForRules(up, []);
  await closeEverything();
  for (const path of [up, down]) await remove(path);
  await waitForRules(up, []);
});

test("where a file is checked when it is saved, nothing is offered for what is not saved yet", async () => {
  const settings = vscode.workspace.getConfiguration("switchback");
  await settings.update("lint.run", "onSave", vscode.ConfigurationTarget.Global);
  const editor = await open(bad);
  await waitForRules(bad, ["require-concurrent-index"]);
  assert.notEqual((await actionsAt(bad, top)).length, 0);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "-- a remark\n"));
  assert.deepEqual(await actionsAt(bad, top), []);
  await settings.update("lint.run", undefined, vscode.ConfigurationTarget.Global);
  await closeEverything();
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("a comment that ignores nothing fades, and is removed, not ignored in turn", async () => {
  const path = "migrations/000004_idle.up.sql";
  const idle = "-- switchback-ignore require-concurrent-index: it is small\n";
  await write(path, `${idle}SELECT 1;\n`);
  await write("migrations/000004_idle.down.sql", "SELECT 1;\n");
  await open(path);
  await waitForRules(path, ["unused-ignore"]);
  const [diagnostic] = vscode.languages.getDiagnostics(file(path));
  assert.deepEqual(diagnostic?.tags, [vscode.DiagnosticTag.Unnecessary]);
  assert.deepEqual(
    (await actionsAt(path, top)).map(({ title }) => title),
    ["Remove the comment"],
  );
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_idle.${name}.sql`);
});

test("of all that is selected each ignore comment is offered once", async () => {
  const editor = await open(bad);
  await waitForRules(bad, ["require-concurrent-index"]);
  await replaceAll(editor, "CREATE INDEX a ON users (email);\nCREATE INDEX b ON users (email);\n");
  await waitForRules(bad, ["require-concurrent-index", "require-concurrent-index"]);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    file(bad),
    new vscode.Range(0, 0, 2, 0),
  );
  assert.deepEqual(
    actions.map(({ title }) => title).filter((title) => title.startsWith("Ignore")),
    ["Ignore require-concurrent-index on this statement", "Ignore require-concurrent-index in this file"],
  );
  await closeEverything();
  await waitForRules(bad, ["require-concurrent-index"]);
});

test("nothing is offered outside of migration folders", async () => {
  await open("queries/report.sql");
  assert.deepEqual(rulesAt("queries/report.sql"), []);
  assert.deepEqual(await actionsAt("queries/report.sql", top), []);
  await closeEverything();
});

test("the hover says why, and what to do instead", async () => {
  await open(bad);
  await waitForRules(bad, ["require-concurrent-index"]);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    file(bad),
    top,
  );
  const text = hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
  assert.match(text, /require-concurrent-index/);
  assert.match(text, /CREATE INDEX CONCURRENTLY/);
  assert.match(text, /command:switchback\.explainRule/);
  assert.ok(text.indexOf("require-concurrent-index") < text.indexOf("**SHARE** on `users`"), text);
  await closeEverything();
});

test("the hover says what a statement locks, and whom that stops", async () => {
  const path = "migrations/000002_status.up.sql";
  await open(path);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    file(path),
    new vscode.Position(2, 3),
  );
  const text = hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
  assert.match(text, /\*\*ACCESS EXCLUSIVE\*\* on `users`/);
  assert.match(text, /Nobody can read or write it/);
  await closeEverything();
});

test("the lens of locks is there where the settings ask for it", async () => {
  const path = "migrations/000003_email_index.up.sql";
  await open(path);
  const titles = async () =>
    (
      await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        file(path),
        10,
      )
    ).map(({ command }) => command?.title);
  assert.ok(!(await titles()).some((title) => title?.includes("$(lock)")));
  const settings = vscode.workspace.getConfiguration("switchback");
  await settings.update("codeLens.locks", true, vscode.ConfigurationTarget.Global);
  assert.ok((await titles()).includes("$(lock) SHARE on users, reads all of it"), String(await titles()));
  // The verdict and the commands stand first, and do not move when locks are shown.
  assert.equal((await titles()).at(-1), "$(lock) SHARE on users, reads all of it");
  await settings.update("codeLens.locks", undefined, vscode.ConfigurationTarget.Global);
  await closeEverything();
});
