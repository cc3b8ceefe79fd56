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

it("is only named where it was there before", async () => {
  expect(await help(`${touch}\n${trigger}`, "SELECT 1;", "DROP FUNCTION touch();")).toBe(
    "drop trigger users.users_touch first",
  );
});
