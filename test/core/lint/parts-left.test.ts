import { expect, it } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

const whole = "CREATE TABLE m (id int NOT NULL, d date NOT NULL) PARTITION BY RANGE (d);";
const before = `${whole}\nCREATE TABLE m_20 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');\nCREATE TABLE base (id int);\nCREATE TABLE child () INHERITS (base);`;

/** What partitions and heirs got from their whole goes with it, and PostgreSQL refuses to drop it by itself. */
it.each([
  ["ALTER TABLE m ADD COLUMN n text;", "ALTER TABLE m DROP COLUMN IF EXISTS n;"],
  ["ALTER TABLE base ADD COLUMN n text;", "ALTER TABLE base DROP COLUMN IF EXISTS n;"],
  ["CREATE INDEX m_id ON m (id);", "DROP INDEX IF EXISTS m_id;"],
  ["ALTER TABLE m ADD PRIMARY KEY (id, d);", "ALTER TABLE m DROP CONSTRAINT IF EXISTS m_pkey;"],
])("names the whole alone: %s", async (up, drop) => {
  const { findings } = await lintFiles(
    {
      "migrations/000001_a.up.sql": before,
      "migrations/000001_a.down.sql": "DROP TABLE m, base, child;",
      "migrations/000002_b.up.sql": up,
      "migrations/000002_b.down.sql": "SELECT 1;",
    },
    { preset: "recommended" },
  );
  const [found, ...others] = findings.filter(({ rule }) => rule === "down-incomplete");
  expect(others).toEqual([]);
  expect(found?.help).toBe(`end the down with\n  ${drop}`);
  expect(found?.fix?.edits).toMatchObject([{ text: `\n${drop}` }]);
});

it("drops a foreign table as one", async () => {
  const { findings } = await lintFiles(
    {
      "migrations/000001_a.up.sql":
        "CREATE FOREIGN DATA WRAPPER w;\nCREATE SERVER s FOREIGN DATA WRAPPER w;\nCREATE DOMAIN d AS int;",
      "migrations/000002_b.up.sql":
        "CREATE FOREIGN TABLE f (id int) SERVER s;\nALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0);",
      "migrations/000002_b.down.sql": "SELECT 1;",
    },
    { preset: "recommended" },
  );
  const fixes = findings.flatMap(({ rule, fix }) => (rule === "down-incomplete" && fix ? [fix] : []));
  expect(fixes.map(({ edits }) => edits)).toMatchObject([
    [{ text: "\nALTER DOMAIN d DROP CONSTRAINT IF EXISTS c;\nDROP FOREIGN TABLE IF EXISTS f;" }],
  ]);
});
