import { expect, it } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

/** What stands in the way of a DROP is dropped before it where the up made it, and only named where it was there before. */

const touch =
  "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\nCREATE TABLE users (id bigint PRIMARY KEY);";
const trigger = "CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();";

async function help(before: string, up: string, down: string): Promise<string | undefined> {
  const { findings } = await lintFiles({
    "migrations/1_before.up.sql": before,
    "migrations/2_change.up.sql": up,
    "migrations/2_change.down.sql": down,
  });
  return findings.find(({ rule }) => rule === "down-order")?.help;
}

it("is written out where the up made it", async () => {
  expect(
    await help("SELECT 1;", `${touch}\n${trigger}`, "DROP FUNCTION touch();\nDROP TABLE users;"),
  ).toMatch(/^an order that works/);
  const view = "CREATE VIEW ids AS SELECT id FROM users;";
  expect(await help("SELECT 1;", `${touch}\n${view}`, "DROP TABLE users;\nDROP FUNCTION touch();")).toBe(
    "drop before it what needs it\n  DROP VIEW IF EXISTS ids;",
  );
});

it("is the table of the up as a whole", async () => {
  expect(
    await help(
      "SELECT 1;",
      "CREATE TABLE tags (id int PRIMARY KEY);\nCREATE TABLE tagged (tag_id int REFERENCES tags);",
      "DROP TABLE tags;",
    ),
  ).toBe("drop before it what needs it\n  DROP TABLE IF EXISTS tagged;");
});

it("is not to be dropped where what is dropped was there before", async () => {
  expect(await help(`${touch}\n${trigger}`, "SELECT 1;", "DROP FUNCTION touch();")).toBe(
    "function touch() was there before the up: the down is to leave it",
  );
});

it("is only named where it was there before", async () => {
  const drop = "DROP TRIGGER users_touch ON users;\nDROP FUNCTION touch();\n";
  const again = touch.slice(0, touch.indexOf("CREATE TABLE"));
  expect(await help(`${touch}\n${trigger}`, `${drop}${again}${trigger}`, "DROP FUNCTION touch();")).toBe(
    "drop before it what needs it\n  DROP TRIGGER IF EXISTS users_touch ON users;",
  );
  expect(
    await help(
      "CREATE TABLE users (id bigint);",
      "CREATE TYPE n AS ENUM ('a');\nALTER TABLE users ALTER COLUMN id TYPE n USING id::text::n;",
      "DROP TYPE n;",
    ),
  ).toBe("undo first what the up did to column users.id");
});

it("is no order in which a schema or a type is gone too early", async () => {
  const moved = "ALTER TABLE s.users SET SCHEMA public;";
  const revoke = "ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE SELECT ON TABLES FROM app;";
  expect(
    await help(
      "CREATE TABLE users (id bigint);",
      "CREATE SCHEMA s;\nALTER TABLE users SET SCHEMA s;\nALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO app;",
      `DROP SCHEMA s;\n${moved}\n${revoke}`,
    ),
  ).toBe(`an order that works:\n  ${moved}\n  ${revoke}\n  DROP SCHEMA s;`);
  const [unset, type, set] = [
    "ALTER TABLE t ALTER COLUMN m DROP DEFAULT;",
    "ALTER TABLE t ALTER COLUMN m TYPE a USING m::text::a;",
    "ALTER TABLE t ALTER COLUMN m SET DEFAULT 'x'::a;",
  ];
  expect(
    await help(
      "CREATE TYPE a AS ENUM ('x');\nCREATE TABLE t (m a DEFAULT 'x');",
      "CREATE TYPE b AS ENUM ('x');\nALTER TABLE t ALTER COLUMN m DROP DEFAULT;\nALTER TABLE t ALTER COLUMN m TYPE b USING m::text::b;\nALTER TABLE t ALTER COLUMN m SET DEFAULT 'x';",
      `DROP TYPE b;\n${set}\n${type}\n${unset}`,
    ),
  ).not.toContain("an order that works");
});

it("never drops what came from another schema or had another name", async () => {
  expect(
    await help(
      "CREATE TABLE users (id bigint);",
      "CREATE SCHEMA s;\nALTER TABLE users SET SCHEMA s;\nALTER TABLE s.users RENAME TO people;",
      "DROP SCHEMA s;",
    ),
  ).toBe("undo first what the up did to table s.people");
});
