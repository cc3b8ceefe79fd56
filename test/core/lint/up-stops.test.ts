import { beforeAll, expect, it } from "vitest";
import { loadParser } from "#core/sql/parse.ts";
import { lintFiles } from "../../support/lint-files.ts";

beforeAll(loadParser);

async function stops(...ups: readonly string[]): Promise<readonly string[]> {
  const files = Object.fromEntries(ups.map((up, index) => [`migrations/${index + 1}_step.up.sql`, up]));
  const { findings } = await lintFiles(files, { postgres: 18 });
  return findings
    .filter(({ rule }) => rule === "up-stops")
    .map(({ file, message, help }) => [file.slice(-13, -7), message, ...(help ? [help] : [])].join(": "));
}

it("is said once: what a refused statement was to make is nobody's fault later", async () => {
  expect(
    await stops(
      "CREATE TABLE orders (id bigint PRIMARY KEY, at date NOT NULL) PARTITION BY RANGE (at);",
      "CREATE VIEW recent AS SELECT id FROM orders;\nALTER TABLE orders ADD COLUMN total int;",
      "ALTER TABLE orders DROP COLUMN total;",
    ),
  ).toEqual([
    "1_step: the up stops here: the primary key of the partitioned table orders has to hold at, by which it is partitioned: add at to its columns, or make it on each partition",
  ]);
});

it("names what was probably meant", async () => {
  expect(
    await stops(
      'CREATE SCHEMA "Shop"; CREATE TABLE "Shop".users (id bigint PRIMARY KEY, "eMail" text);',
      'ALTER TABLE "Shop".users ALTER COLUMN email SET NOT NULL;',
      'ALTER TABLE "Shop".users DROP CONSTRAINT users_pky;',
    ),
  ).toEqual([
    '2_step: the up stops here: column "Shop".users.email does not exist: did you mean column "Shop".users."eMail"?',
    '3_step: the up stops here: constraint "Shop".users.users_pky does not exist: did you mean constraint "Shop".users.users_pkey?',
  ]);
});

it("says nothing of a unique index that holds the partition key, in any order", async () => {
  expect(
    await stops(
      'CREATE TABLE e (id int, "At" date) PARTITION BY RANGE ("At");\nCREATE UNIQUE INDEX ON e ("At", id);\nALTER TABLE e ADD PRIMARY KEY (id, "At");',
      "CREATE TABLE h (id int, k int, UNIQUE (k)) PARTITION BY HASH (k);\nCREATE INDEX ON h (id);",
      "CREATE UNIQUE INDEX ON h (id);",
      "CREATE TABLE x (id int, at timestamp) PARTITION BY RANGE (date_trunc('day', at));\nALTER TABLE x ADD PRIMARY KEY (id);",
    ),
  ).toEqual([
    "3_step: the up stops here: a unique index of the partitioned table h has to hold k, by which it is partitioned: add k to its columns, or make it on each partition",
    expect.stringMatching(
      /^4_step: the up stops here: the primary key of .*: make it on each partition instead/,
    ),
  ]);
});
