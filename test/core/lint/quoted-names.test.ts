import { describe, expect, it } from "vitest";
import { parseSql } from "#core/sql/parse.ts";
import { lintFiles } from "../../support/lint-files.ts";

/** Tables as object-relational mappers name them. */
const before = `CREATE SCHEMA "Shop";
CREATE TABLE "Shop"."Order" ("Id" int PRIMARY KEY, "userId" int NOT NULL, "Total" numeric(8,2), "Note" varchar(50)) PARTITION BY RANGE ("Id");
CREATE TABLE "Shop"."Order_1" PARTITION OF "Shop"."Order" FOR VALUES FROM (1) TO (2);
CREATE TABLE "User" ("Id" int PRIMARY KEY, "Email" varchar(50) NOT NULL, "Age" int, "Data" text);
CREATE UNIQUE INDEX "User_Email_key" ON "User" ("Email");`;

/** One statement of an up each, and how the finding spells what it is about. */
const cases: readonly (readonly [rule: string, up: string, says: string])[] = [
  ["drop-column", 'ALTER TABLE "User" DROP COLUMN "Data";', 'dropping "User"."Data"'],
  ["drop-table", 'DROP TABLE "User";', 'dropping "User"'],
  ["drop-table", 'DROP TABLE "Shop"."Order";', 'dropping "Shop"."Order"'],
  ["delete-all-rows", 'TRUNCATE "User";', 'every row of "User"'],
  ["require-concurrent-index", 'CREATE INDEX "User_Age_idx" ON "User" ("Age");', 'building "User_Age_idx"'],
  [
    "require-concurrent-index",
    'CREATE INDEX "Order_userId_idx" ON "Shop"."Order" ("userId");',
    'building "Order_userId_idx"',
  ],
  [
    "concurrent-index-if-not-exists",
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS "User_Age_idx" ON "User" ("Age");',
    'an invalid "User_Age_idx"',
  ],
  ["require-concurrent-index-drop", 'DROP INDEX "User_Email_key";', 'dropping "User_Email_key"'],
  ["require-concurrent-reindex", 'REINDEX TABLE "User";', 'rebuilding "User"'],
  ["rename-table", 'ALTER TABLE "User" RENAME TO "Client";', 'renaming "User" to "Client"'],
  ["rename-table", 'ALTER TABLE "User" SET SCHEMA "Shop";', 'moving "User" to schema "Shop"'],
  ["rename-column", 'ALTER TABLE "User" RENAME "Age" TO "Years";', 'renaming "User"."Age"'],
  [
    "detach-partition-blocks",
    'ALTER TABLE "Shop"."Order" DETACH PARTITION "Shop"."Order_1";',
    '"Order_1" blocks',
  ],
  ["foreign-keys-off", 'ALTER TABLE "User" DISABLE TRIGGER ALL;', 'no trigger of "User"'],
  ["autovacuum-off", 'ALTER TABLE "User" SET (autovacuum_enabled = false);', 'looks at "User"'],
  ["change-column-type", 'ALTER TABLE "User" ALTER "Age" TYPE bigint;', 'changing "User"."Age"'],
  ["set-not-null-scan", 'ALTER TABLE "User" ALTER "Age" SET NOT NULL;', '"User"."Age"'],
  ["unique-constraint-build", 'ALTER TABLE "User" ADD CONSTRAINT "UQ" UNIQUE ("Age");', '"UQ"'],
  [
    "unique-constraint-build",
    'ALTER TABLE "User" ADD "Key" text NOT NULL DEFAULT \'\' UNIQUE;',
    'UNIQUE on the new column "Key" fails as soon as "User" has two rows, which get the same default, and blocks',
  ],
  ["check-validation", 'ALTER TABLE "User" ADD CONSTRAINT "CK" CHECK ("Age" > 0);', '"CK"'],
  [
    "foreign-key-validation",
    'ALTER TABLE "User" ADD CONSTRAINT "FK" FOREIGN KEY ("Age") REFERENCES "User" ("Id");',
    '"FK"',
  ],
  ["add-column-rewrite", 'ALTER TABLE "User" ADD "Key" uuid DEFAULT gen_random_uuid();', '"User"."Key"'],
  ["add-column-not-null", 'ALTER TABLE "User" ADD "Key" uuid NOT NULL;', '"User"."Key"'],
  ["prefer-timestamptz", 'ALTER TABLE "User" ADD "createdAt" timestamp;', '"createdAt" is a timestamp'],
];

describe("names that SQL must quote are quoted in words and in help", () => {
  it.each(cases)("%s: %s", async (rule, up, says) => {
    const files = { "migrations/1_a.up.sql": before, "migrations/2_b.up.sql": up };
    const { findings } = await lintFiles(files, { preset: "all", startAfter: "1", postgres: 18 });
    const found = findings.filter((finding) => finding.rule === rule);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain(says);
    // What is to be filled in first is not SQL yet.
    const sql = (found[0]?.help ?? "")
      .split("\n")
      .filter((line) => /^ {2}.*;$/.test(line) && !line.includes("…"));
    expect(parseSql(sql.join("\n")).problem).toBeUndefined();
    expect(sql.join("\n")).not.toMatch(/"(?:User|Order)"_/);
  });
});
