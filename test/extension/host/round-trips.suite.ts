import assert from "node:assert/strict";
import * as vscode from "vscode";
import { test } from "./runner.ts";
import {
  api,
  closeEverything,
  eventually,
  file,
  folder,
  inStep,
  none,
  open,
  remove,
  waitForRules,
  write,
} from "./support.ts";

async function statuses(only?: readonly string[]): Promise<Record<string, string>> {
  const { roundTrips } = await api();
  const report = await roundTrips.run(await folder(), {
    token: none,
    onCommand: true,
    ...(only ? { only } : {}),
  });
  return Object.fromEntries(report.roundTrips.map(({ name, verdict }) => [name, verdict.status]));
}

test("proves every migration on the built-in PostgreSQL", async () => {
  await waitForRules("migrations/000003_email_index.up.sql", ["require-concurrent-index"]);
  assert.deepEqual(await statuses(), {
    "000001_users": "reversible",
    "000002_status": "drift",
    "000003_email_index": "reversible",
  });
});

test("Run Round Trip: one migration, from its file; the lens says how it went", async () => {
  await open("migrations/000003_email_index.up.sql");
  await vscode.commands.executeCommand("switchback.runRoundTrip");
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    file("migrations/000003_email_index.up.sql"),
    10,
  );
  assert.match(lenses[0]?.command?.title ?? "", /^\$\(check\) reversible · (?:\d+ min )?[\d.]+ m?s$/);
  await closeEverything();
});

test("the verdict goes when the file changes, and comes back with it", async () => {
  const { roundTrips } = await api();
  const where = await folder();
  const migration = where.migrationAt("000003");
  assert.ok(migration);
  assert.equal(roundTrips.of(where, migration)?.current, true);
  const editor = await open("migrations/000003_email_index.up.sql");
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "-- new\n"));
  await where.session.settled();
  assert.equal(roundTrips.of(where, migration)?.current, false);
  await closeEverything();
  await eventually("the old text", async () => {
    await where.session.settled();
    return roundTrips.of(where, migration)?.current === true;
  });
});

test("what is proved is what the editor shows, saved or not", async () => {
  const editor = await open("migrations/000002_status.down.sql");
  const { document } = editor;
  await editor.edit((edit) =>
    edit.insert(document.lineAt(document.lineCount - 1).range.end, "DROP TYPE user_status;\n"),
  );
  assert.equal((await statuses(["000002"]))["000002_status"], "reversible");
  await closeEverything();
});

test("Run All and Run Changed say what they cannot do, and do not throw", async () => {
  await vscode.commands.executeCommand("switchback.runAllRoundTrips");
  await vscode.commands.executeCommand("switchback.runChangedRoundTrips");
});

test("a script that fails has its error, with SQLSTATE and place", async () => {
  await write(
    "migrations/000004_fails.up.sql",
    "CREATE TABLE a (id bigint);\nCREATE TABLE users (id bigint);\n",
  );
  await write("migrations/000004_fails.down.sql", "DROP TABLE a;\n");
  await inStep();
  const where = await folder();
  const { roundTrips } = await api();
  const report = await roundTrips.run(where, { token: none, onCommand: true, only: ["000004"] });
  const [result] = report.roundTrips;
  assert.equal(result?.verdict.status, "up-failed");
  const error = result?.phases[0]?.error;
  assert.equal(error?.sqlstate, "42P07");
  assert.equal(error?.range?.start.line, 2);
  for (const name of ["up", "down"]) await remove(`migrations/000004_fails.${name}.sql`);
});

test("cancelling stops a script that would sleep for ever, and the next proof runs", async () => {
  await write("migrations/000004_sleeps.up.sql", "SELECT pg_sleep(3600);\n");
  await write("migrations/000004_sleeps.down.sql", "SELECT 1;\n");
  await inStep();
  const where = await folder();
  const { roundTrips } = await api();
  const source = new vscode.CancellationTokenSource();
  const run = roundTrips.run(where, {
    token: source.token,
    onCommand: true,
    only: ["000004"],
    onEvent: (event) => {
      if (event.kind === "proving") setTimeout(() => source.cancel(), 200);
    },
  });
  await assert.rejects(run);
  for (const name of ["up", "down"]) await remove(`migrations/000004_sleeps.${name}.sql`);
  await inStep();
  assert.equal((await statuses(["000003"]))["000003_email_index"], "reversible");
});

test("what was proved before a run is cancelled stays proved, and the lens says what runs", async () => {
  await write("migrations/000004_quick.up.sql", "CREATE TABLE quick (id bigint PRIMARY KEY);\n");
  await write("migrations/000004_quick.down.sql", "DROP TABLE quick;\n");
  await write("migrations/000005_sleeps.up.sql", "SELECT pg_sleep(3600);\n");
  await write("migrations/000005_sleeps.down.sql", "SELECT 1;\n");
  await inStep();
  const where = await folder();
  const { roundTrips } = await api();
  await open("migrations/000005_sleeps.up.sql");
  const firstLens = async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      file("migrations/000005_sleeps.up.sql"),
      1,
    );
    return lenses[0]?.command?.title ?? "";
  };
  const source = new vscode.CancellationTokenSource();
  let lens: Promise<string> | undefined;
  const run = roundTrips.run(where, {
    token: source.token,
    onCommand: true,
    only: ["000004", "000005"],
    onEvent: (event) => {
      if (event.kind !== "proving" || event.name !== "000005_sleeps") return;
      lens = firstLens().finally(() => source.cancel());
    },
  });
  await assert.rejects(run);
  assert.match((await lens) ?? "", /Round trip is running$/);
  assert.match(await firstLens(), /Run round trip$/);
  const quick = where.migrationAt("000004");
  assert.equal(quick && roundTrips.of(where, quick)?.proved.roundTrip.verdict.status, "reversible");
  await closeEverything();
  for (const name of ["000004_quick", "000005_sleeps"])
    for (const direction of ["up", "down"]) await remove(`migrations/${name}.${direction}.sql`);
  await inStep();
});

test("an engine that is killed in the middle is reported, and the next proof starts another", async () => {
  const { roundTrips, prover } = await api();
  const where = await folder();
  const run = roundTrips.run(where, {
    token: none,
    onCommand: true,
    onEvent: (event) => {
      if (event.kind === "proving") prover.kill("killed by a test");
    },
  });
  await assert.rejects(run, /killed by a test/);
  assert.equal((await statuses(["000001"]))["000001_users"], "reversible");
});

test("Propose Down: what a DO block did is read from the catalog of the engine", async () => {
  await write(
    "migrations/000004_dynamic.up.sql",
    "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || quote_ident('made') || ' (id bigint)'; END $$;\n",
  );
  await inStep();
  await vscode.commands.executeCommand("switchback.proposeDown", file("migrations/000004_dynamic.up.sql"));
  const down = vscode.window.activeTextEditor?.document;
  assert.equal(down?.uri.path, file("migrations/000004_dynamic.down.sql").path);
  assert.match(down?.getText() ?? "", /^DROP TABLE IF EXISTS made;$/m);
  await closeEverything();
  for (const name of ["up", "down"]) await remove(`migrations/000004_dynamic.${name}.sql`);
});

test("a folder that is deleted while it is proved does no harm", async () => {
  await write("gone/000001_a.up.sql", "CREATE TABLE a (id bigint PRIMARY KEY);\n");
  await write("gone/000001_a.down.sql", "DROP TABLE a;\n");
  const { folders, roundTrips } = await api();
  const where = await eventually("the folder", () =>
    folders.all.find(({ session }) => session.folder === "gone"),
  );
  const run = roundTrips.run(where, { token: none, onCommand: true });
  await remove("gone");
  const report = await run;
  assert.equal(report.roundTrips.length <= 1, true);
  await eventually("one folder", () => folders.all.length === 1);
});

test("continuous run: proved again whenever a file of it is saved, until it is turned off", async () => {
  const { runs, roundTrips } = await api();
  const where = await folder();
  const migration = where.migrationAt("000003");
  assert.ok(migration);
  const source = new vscode.CancellationTokenSource();
  const request = new vscode.TestRunRequest(undefined, undefined, runs.profile, true);
  await runs.profile.runHandler(request, source.token);
  const editor = await open("migrations/000003_email_index.down.sql");
  const insert = (text: string) => editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
  await insert("-- saved\n");
  await editor.document.save();
  await eventually("the new verdict", () => roundTrips.of(where, migration)?.current === true);
  source.cancel();
  await insert("-- saved again\n");
  await editor.document.save();
  await where.session.settled();
  assert.equal(roundTrips.of(where, migration)?.current, false);
  await write("migrations/000003_email_index.down.sql", "DROP INDEX users_email_idx;\n");
  await closeEverything();
});

test("settings: rows, locks and second runs are tried where they are on", async () => {
  const settings = vscode.workspace.getConfiguration("switchback.roundTrip");
  const names = ["withData", "locks", "idempotent"];
  for (const name of names) await settings.update(name, true, vscode.ConfigurationTarget.Global);
  const { roundTrips } = await api();
  const report = await roundTrips.run(await folder(), { token: none, onCommand: true, only: ["000003"] });
  const [result] = report.roundTrips;
  assert.equal(result?.rows?.tables, 1);
  assert.deepEqual(
    result?.locks?.flatMap(({ locks }) => locks.map(({ object, mode }) => `${mode} ${object}`)).at(0),
    "SHARE public.users",
  );
  assert.deepEqual(
    result?.rerun?.map(({ direction }) => direction),
    ["up", "down"],
  );
  for (const name of names) await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
  const plain = await roundTrips.run(await folder(), { token: none, onCommand: true, only: ["000003"] });
  assert.equal(plain.roundTrips[0]?.locks, undefined);
});
