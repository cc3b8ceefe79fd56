import { beforeAll, expect, it } from "vitest";
import { loadParser } from "#core/sql/parse.ts";
import { lintFiles } from "../../support/lint-files.ts";

beforeAll(loadParser);

const tables =
  "CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL CONSTRAINT u REFERENCES users, CONSTRAINT c CHECK (id > 0));";

async function fixes(up: string, down: string): Promise<readonly string[]> {
  const { findings } = await lintFiles(
    {
      "migrations/1_tables.up.sql": tables,
      "migrations/1_tables.down.sql": "DROP TABLE orders;\nDROP TABLE users;",
      "migrations/2_change.up.sql": up,
      "migrations/2_change.down.sql": down,
    },
    { postgres: 18 },
  );
  return findings.flatMap(({ rule, fix }) => (fix?.title === "Add it as NOT VALID" ? [rule] : []));
}

it("is not offered as NOT VALID where it is the one that was there, and the down does not touch it", async () => {
  const around = (name: string, sql: string) =>
    `ALTER TABLE orders DROP CONSTRAINT ${name};\nALTER TABLE orders ALTER COLUMN user_id DROP NOT NULL;\nALTER TABLE orders ADD CONSTRAINT ${name} ${sql};`;
  const down = "ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;";
  expect(await fixes(around("u", "FOREIGN KEY (user_id) REFERENCES users"), down)).toEqual([]);
  expect(await fixes(around("c", "CHECK (id > 0)"), down)).toEqual([]);
});

it("is offered where another one takes its name: the down has to make the old one again", async () => {
  expect(
    await fixes(
      "ALTER TABLE orders DROP CONSTRAINT u;\nALTER TABLE orders ADD CONSTRAINT u FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE;",
      "ALTER TABLE orders DROP CONSTRAINT u;\nALTER TABLE orders ADD CONSTRAINT u FOREIGN KEY (user_id) REFERENCES users;",
    ),
  ).toEqual(["foreign-key-validation"]);
});
