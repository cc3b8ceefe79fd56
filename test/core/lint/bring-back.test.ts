import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import { downIncomplete } from "#core/lint/rules/down-incomplete.ts";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import type { Finding } from "#core/report/model.ts";

/** What the finding says to end the down with, written there, brings the database back as far as lint can see. */

type Texts = ReadonlyMap<string, string>;

const corpus = process.env.SWITCHBACK_CORPUS ?? "";
const start = "end the down with\n";

const before =
  "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age int DEFAULT 5);\nCREATE INDEX users_age ON users (age);\nCREATE VIEW adults AS SELECT id FROM users WHERE age > 17;\nGRANT SELECT ON adults TO PUBLIC;";

const folderOf = (up: string, down: string): Texts =>
  new Map([
    ["migrations/1_users.up.sql", before],
    ["migrations/1_users.down.sql", "DROP VIEW adults;\nDROP TABLE users;"],
    ["migrations/2_change.up.sql", up],
    ["migrations/2_change.down.sql", down],
  ]);

async function found(texts: Texts, layout: Layout = golangMigrate): Promise<readonly Finding[]> {
  const raw = [...texts].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const folder = readMigrations("migrations", raw, layout);
  const { findings } = await lint({ folder, preset: "all", rules: {}, postgres: 18 });
  return findings.filter(({ rule }) => rule === downIncomplete.name);
}

describe("what is missing at the end of a down", () => {
  it.each([
    ["an index", "DROP INDEX users_age;", "SELECT 1;", "  CREATE INDEX users_age ON users (age);"],
    [
      "NOT NULL, with what may stop it",
      "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
      "SELECT 1;",
      "  -- fails while users.email holds NULL\n  ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
    ],
    [
      "a column, empty, and what hung on it",
      "ALTER TABLE users ADD COLUMN name text;\nDROP VIEW adults;\nALTER TABLE users DROP COLUMN age;",
      "ALTER TABLE users DROP COLUMN name;",
      "  -- the values of users.age are gone\n  ALTER TABLE users ADD COLUMN age integer DEFAULT 5;\n  CREATE INDEX users_age ON users (age);",
    ],
    [
      "what the up made otherwise, and the down drops and forgets",
      "DROP INDEX users_age;\nCREATE INDEX users_age ON users (age, id);",
      "DROP INDEX users_age;",
      "  CREATE INDEX users_age ON users (age);",
    ],
    [
      "row security, where the down touches the table otherwise",
      "ALTER TABLE users ENABLE ROW LEVEL SECURITY;\nGRANT SELECT ON users TO PUBLIC;",
      "REVOKE SELECT ON users FROM PUBLIC;",
      "  ALTER TABLE users DISABLE ROW LEVEL SECURITY;",
    ],
    [
      "a grant on what the down makes anew",
      "DROP VIEW adults;",
      "CREATE VIEW adults AS SELECT id FROM users WHERE age > 17;",
      "  GRANT SELECT ON adults TO PUBLIC;",
    ],
    [
      "an index of a table that the down makes anew",
      "DROP VIEW adults;\nDROP TABLE users;",
      "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age int DEFAULT 5);\nCREATE VIEW adults AS SELECT id FROM users WHERE age > 17;\nGRANT SELECT ON adults TO PUBLIC;",
      "  CREATE INDEX users_age ON users (age);",
    ],
    [
      "an index that the up gave to a constraint",
      "DROP INDEX users_age;\nCREATE UNIQUE INDEX users_age ON users (age);\nALTER TABLE users ADD UNIQUE USING INDEX users_age;",
      "ALTER TABLE users DROP CONSTRAINT users_age;",
      "  CREATE INDEX users_age ON users (age);",
    ],
    [
      "a grant on a view that the down takes and makes anew",
      "CREATE OR REPLACE VIEW adults AS SELECT id, email FROM users WHERE age > 17;",
      "DROP VIEW adults;\nCREATE VIEW adults AS SELECT id FROM users WHERE age > 17;",
      "  GRANT SELECT ON adults TO PUBLIC;",
    ],
    [
      "a constraint's old name",
      "ALTER TABLE users RENAME CONSTRAINT users_pkey TO people_pkey;",
      "SELECT 1;",
      "  ALTER TABLE users RENAME CONSTRAINT people_pkey TO users_pkey;",
      "give it its old name back in the down\n",
    ],
  ])("is told: %s", async (_, up, down, help, words = start) => {
    const findings = await found(folderOf(up, down));
    expect(findings.map((finding) => finding.help)).toContain(words + help);
  });

  it.each([
    ["what the down took itself", "SELECT 1;", "DROP INDEX users_age;"],
    [
      "what the up only altered, and the down took itself",
      "ALTER INDEX users_age SET (fillfactor = 70);",
      "DROP INDEX users_age;",
    ],
    [
      "what the down made otherwise",
      "ALTER TABLE users DROP COLUMN email;",
      "ALTER TABLE users ADD COLUMN email text;",
    ],
  ])("is not told for %s: that statement is to be mended", async (_, up, down) => {
    const findings = await found(folderOf(up, down));
    expect(findings).not.toEqual([]);
    for (const { help } of findings) expect(help ?? "").not.toContain(start);
  });

  it("names the command where it is long", async () => {
    const texts = folderOf("DROP VIEW adults;\nDROP TABLE users;", "SELECT 1;");
    const wide = new Map(texts).set(
      "migrations/1_users.up.sql",
      `${before}\n${["a", "b", "c", "d"].map((name) => `CREATE INDEX by_${name} ON users (id);`).join("\n")}`,
    );
    const helps = (await found(wide)).map(({ help }) => help);
    expect(helps).toContain("switchback down 2 proposes what is missing");
  });
});

it("a name that the down has wrong is told with the one that was probably meant", async () => {
  const texts = folderOf("CREATE TABLE posts (id int PRIMARY KEY);", "DROP TABLE post;");
  expect(await found(texts)).toMatchObject([
    {
      message: "the down stops here: table post does not exist by then",
      help: "did you mean table posts?",
    },
  ]);
});

/** Writes every proposal of a migration at the end of its down, the last cause first. */
function mended(texts: Texts, downOf: ReadonlyMap<string, string>, findings: readonly Finding[]) {
  const result = new Map(texts);
  for (const { migration = "", help } of findings.toReversed()) {
    const path = downOf.get(migration);
    const text = path === undefined ? undefined : result.get(path);
    if (path === undefined || text === undefined || !help?.startsWith(start)) continue;
    const end = text.trimEnd().endsWith(";") ? "" : ";";
    result.set(path, `${text.trimEnd()}${end}\n${help.slice(start.length)}\n`);
  }
  return result;
}

async function stillSaid(texts: Texts, layout: Layout): Promise<string[]> {
  const raw = [...texts].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const { migrations } = readMigrations("migrations", raw, layout);
  const downOf = new Map(migrations.flatMap(({ name, down }) => (down ? [[name, down.file.path]] : [])));
  const first = await found(texts, layout);
  const told = first.filter(({ help }) => help?.startsWith(start));
  const again = await found(mended(texts, downOf, told), layout);
  const open = new Set(first.filter((finding) => !told.includes(finding)).map(({ message }) => message));
  const names = new Set(told.map(({ migration }) => migration));
  return again.flatMap(({ migration, message }) =>
    names.has(migration) && !open.has(message) ? [`${migration}: ${message}`] : [],
  );
}

describe("what is told mends its finding", () => {
  const { bad } = downIncomplete.examples;
  it.each(bad.map((example) => [example.down, example] as const))(
    "%j",
    async (_, { before: made, up, down }) => {
      const texts = new Map([
        ["migrations/1_before.up.sql", made ?? "SELECT 1;"],
        ["migrations/2_change.up.sql", up],
        ["migrations/2_change.down.sql", down ?? ""],
      ]);
      expect(await stillSaid(texts, golangMigrate)).toEqual([]);
    },
  );

  if (corpus === "") {
    it.skip("in real folders (SWITCHBACK_CORPUS is not set)");
    return;
  }
  it.each(readdirSync(join(corpus, "sets")))("in %s", async (name) => {
    const path = join(corpus, "sets", name);
    const chosen = chooseLayout("auto", () => detectFolder(path, "migrations"));
    if (!chosen.ok || chosen.layout.downs !== "file") return;
    const read = readFolder(path, "migrations", chosen.layout);
    const files = read.ok ? read.files : [];
    const texts = new Map(files.map((file) => [file.path, new TextDecoder().decode(file.bytes)]));
    expect(await stillSaid(texts, chosen.layout)).toEqual([]);
  });
});
