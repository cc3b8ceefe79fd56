import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { checkFolder } from "#core/check-folder.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function place(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "switchback-library-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const unique = {
  "m/1_users.up.sql": "CREATE TABLE users (email text);",
  "m/1_users.down.sql": "DROP TABLE users;",
  "m/2_unique.up.sql": "CREATE UNIQUE INDEX users_email_idx ON users (email);",
  "m/2_unique.down.sql": "DROP INDEX users_email_idx;",
};

it("proves with the rows that the configuration names, as the command line does", async () => {
  const folder = place({ ...unique, "rows/1.sql": "INSERT INTO users VALUES ('a'), ('a');" });
  const checked = await checkFolder(join(folder, "m"), { config: { fixtures: join(folder, "rows") } });
  const report = checked.ok ? checked.report : undefined;
  expect(report?.roundTrips.map(({ verdict }) => verdict.status)).toEqual(["reversible", "up-failed"]);
});

it.each(["prelude", "baseline", "fixtures"])("says when the %s cannot be read", async (name) => {
  const folder = place(unique);
  const checked = await checkFolder(join(folder, "m"), { config: { [name]: join(folder, "nowhere") } });
  expect(checked).toMatchObject({ ok: false, problem: expect.stringContaining(`cannot read the ${name} `) });
});

it("says when the line is drawn past the newest migration", async () => {
  const folder = place(unique);
  const checked = await checkFolder(join(folder, "m"), { config: { startAfter: "3" } });
  expect(checked).toMatchObject({
    ok: false,
    problem: expect.stringContaining("newest migration, 2_unique,"),
  });
  expect(await checkFolder(join(folder, "m"), { config: { startAfter: "2" } })).toMatchObject({ ok: true });
});

it("tells fixtures that do not go in, and those that no run looks at", async () => {
  const folder = place({
    ...unique,
    "rows/01.sql": "INSERT INTO userz VALUES ('a');",
    "rows/1.sql": "INSERT INTO users VALUES ('a');",
    "rows/3.sql": "INSERT INTO users VALUES ('a');",
  });
  const rows = join(folder, "rows");
  const checked = await checkFolder(join(folder, "m"), { config: { fixtures: rows } });
  const findings = checked.ok ? checked.report.findings : [];
  expect(
    findings.flatMap(({ rule, severity, file, message }) =>
      rule === "fixture-fails" ? [[severity, file.slice(rows.length + 1), message]] : [],
    ),
  ).toEqual([
    ["error", "1.sql", "1.sql belongs to the same version as 01.sql"],
    ["error", "3.sql", "3.sql belongs to no migration"],
    ["error", "01.sql", 'the rows do not go in: relation "userz" does not exist'],
  ]);
});

it.each([
  { startAfter: "2", told: ["2_lost.up.sql"] },
  { startAfter: "1", told: [] },
])("after $startAfter tells which earlier up did not go through", async ({ startAfter, told }) => {
  const folder = place({
    "m/1_users.up.sql": "CREATE TABLE users (email text);",
    "m/1_users.down.sql": "DROP TABLE users;",
    "m/2_lost.up.sql": "CREATE TABLE lost (id int REFERENCES nowhere);",
    "m/2_lost.down.sql": "DROP TABLE lost;",
    "m/3_last.up.sql": "CREATE TABLE last (id int);",
    "m/3_last.down.sql": "DROP TABLE last;",
  });
  const checked = await checkFolder(join(folder, "m"), { config: { startAfter } });
  const findings = checked.ok ? checked.report.findings : [];
  const earlier = findings.filter(({ rule }) => rule === "earlier-fails");
  expect(earlier.map(({ file }) => file.slice(file.lastIndexOf("/") + 1))).toEqual(told);
});
