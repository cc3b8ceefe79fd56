import { expect, it } from "vitest";
import { lintFiles } from "../support/lint-files.ts";

/** What a finding underlines in a statement of several lines: the part that it is about, which stands behind `»`. */
interface Place {
  readonly rule: string;
  readonly before?: string;
  readonly up: string;
  readonly postgres?: number;
}

const users = "CREATE TABLE users (id bigint PRIMARY KEY, name text, age int NOT NULL DEFAULT 1);";
const named = `${users}\nCREATE VIEW names AS SELECT name FROM users;`;
const alter = (command: string) => `ALTER TABLE users\n  ADD COLUMN more int,\n  »${command};`;

const places: readonly Place[] = [
  { rule: "autovacuum-off", up: alter("SET (autovacuum_enabled = false)") },
  { rule: "foreign-keys-off", up: alter("DISABLE TRIGGER ALL") },
  { rule: "table-rewrite", before: users.replace("TABLE", "UNLOGGED TABLE"), up: alter("SET LOGGED") },
  { rule: "type-of-column-in-use", before: named, up: alter("ALTER COLUMN name TYPE varchar") },
  { rule: "exists-otherwise", up: alter("ADD COLUMN IF NOT EXISTS age bigint") },
  { rule: "up-stops", up: alter("DROP COLUMN nmae") },
  {
    rule: "up-stops",
    up: "CREATE TABLE orders (\n  id bigint PRIMARY KEY,\n  »user_name text REFERENCES users (name)\n);",
  },
  { rule: "up-stops", up: "CREATE TABLE orders (\n  id bigint,\n  »PRIMARY KEY (idd)\n);" },
  { rule: "drop-in-use", before: named, up: alter("DROP COLUMN name") },
  { rule: "drop-cascade", before: named, up: alter("DROP COLUMN name CASCADE") },
  { rule: "newer-postgres", up: alter("ADD UNIQUE NULLS NOT DISTINCT (name)"), postgres: 14 },
  {
    rule: "newer-postgres",
    up: "CREATE TABLE sums (\n  id bigint PRIMARY KEY,\n  »twice bigint GENERATED ALWAYS AS (id * 2) VIRTUAL,\n  total int\n);",
    postgres: 17,
  },
  {
    rule: "drop-constraint",
    before: `${users}\nALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17);`,
    up: alter("DROP CONSTRAINT adult"),
  },
  {
    rule: "foreign-key-without-index",
    up: alter("ADD CONSTRAINT boss FOREIGN KEY (age) REFERENCES users NOT VALID"),
  },
  {
    rule: "foreign-key-without-index",
    up: 'CREATE TABLE orders (\n  id bigint PRIMARY KEY,\n  »"User" bigint NOT NULL DEFAULT abs(1)\n    REFERENCES users (id), -- who\n  total int\n);',
  },
  {
    rule: "foreign-key-without-index",
    up: "CREATE TABLE orders (\n  user_id bigint,\n  »CONSTRAINT owner FOREIGN KEY (user_id) REFERENCES users\n);",
  },
  ...[
    ["do-block-blocks", "  CREATE INDEX users_name_idx\n    ON users (name);", ""],
    [
      "do-block-blocks",
      "  LOOP\n    »UPDATE users SET age = 1 WHERE id IN (SELECT id FROM users LIMIT 9);\n  END LOOP;",
      "",
    ],
    ["do-block-blocks", "  UPDATE users SET age = 2;", ""],
    ["do-block-blocks", "  EXECUTE '»CREATE INDEX users_name_idx ON users (name)';", ""],
    ["delete-all-rows", "  TRUNCATE users;", ""],
    ["drop-table", "    DROP TABLE users;", "  IF true THEN\n"],
    ["drop-column", "  ALTER TABLE users DROP COLUMN age;", ""],
    ["concurrently-in-transaction", "  REINDEX TABLE CONCURRENTLY users;", ""],
  ].map(([rule = "", statement = "", opens = ""]) => ({
    rule,
    up: `-- a block\nDO $$\nBEGIN\n  PERFORM 1; -- ü\n${opens}${statement.includes("»") ? statement : statement.replace(/\S/, "»$&")}\n${opens && "  END IF;\n"}END $$;`,
  })),
];

it.each(places)("$rule points to its part of $up", async ({ rule, before = users, up, postgres = 18 }) => {
  const sql = up.replace("»", "");
  const { findings } = await lintFiles(
    { "migrations/1_before.up.sql": before, "migrations/2_case.up.sql": sql },
    { postgres, startAfter: "1" },
  );
  const [start] = findings.flatMap((finding) => (finding.rule === rule ? [finding.range.start] : []));
  const lines = up.slice(0, up.indexOf("»")).split("\n");
  expect(start).toEqual({ line: lines.length, column: (lines.at(-1) ?? "").length + 1 });
});
