import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import type { LintInput } from "#core/lint/lint-input.ts";
import { LintSession } from "#core/lint/session/lint-session.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { anyChange, changed, type Texts } from "../../support/changing-folder.ts";
import { inFull } from "../../support/in-full.ts";

const shop = {
  "000010_schema.up": "CREATE SCHEMA shop;\nCREATE TYPE shop.state AS ENUM ('new', 'paid');",
  "000010_schema.down": "DROP TYPE shop.state;\nDROP SCHEMA shop;",
  "000020_customers.up":
    "CREATE TABLE shop.customers (\n  id bigint PRIMARY KEY,\n  name text NOT NULL,\n  mail varchar(50)\n);\nCREATE INDEX customers_name ON shop.customers (name);",
  "000020_customers.down": "DROP TABLE shop.customers;",
  "000030_orders.up":
    "CREATE TABLE shop.orders (\n  id serial,\n  customer bigint REFERENCES shop.customers (id),\n  state shop.state\n);",
  "000030_orders.down": "DROP TABLE shop.orders;",
  "000040_names.up":
    "-- switchback-ignore require-concurrent-index: small\nCREATE INDEX customers_name_mail ON shop.customers (name, mail);\nALTER TABLE shop.customers ADD COLUMN born date DEFAULT now();",
  "000040_names.down": "ALTER TABLE shop.customers DROP COLUMN born;\nDROP INDEX shop.customers_name_mail;",
  "000050_view.up":
    "CREATE VIEW shop.paid AS SELECT id, customer FROM shop.orders WHERE state = 'paid';\nCOMMENT ON VIEW shop.paid IS 'all of them';",
  "000050_view.down": "DROP VIEW shop.paid;",
  "000060_mail.up":
    "DO $$ BEGIN\n  CREATE TYPE shop.kind AS ENUM ('a');\nEXCEPTION WHEN duplicate_object THEN null; END $$;\nALTER TABLE shop.customers ALTER COLUMN mail TYPE text;\nUPDATE shop.customers SET mail = '';",
  "000060_mail.down":
    "ALTER TABLE shop.customers ALTER COLUMN mail TYPE varchar(20);\nDROP TYPE IF EXISTS shop.kind;",
  "000070_outside.up":
    "ALTER TABLE legacy ADD COLUMN x int;\nCREATE INDEX legacy_x ON legacy (x);\nINSERT INTO legacy (x) SELECT id FROM shop.orders;",
  "000070_outside.down": "DROP INDEX legacy_x;\nALTER TABLE legacy DROP COLUMN x;",
  "000080_away.up":
    "DROP VIEW shop.paid;\nALTER TABLE shop.orders RENAME TO purchases;\nALTER TABLE shop.purchases DROP COLUMN state;\nDROP INDEX shop.customers_name;",
  "000080_away.down":
    "ALTER TABLE shop.purchases ADD COLUMN state shop.state;\nALTER TABLE shop.purchases RENAME TO orders;",
};

const folders: Readonly<Record<string, Texts>> = {
  "one schema": new Map(Object.entries(shop).map(([name, sql]) => [`migrations/${name}.sql`, sql])),
  "every case of our own, one after the other": casesInOneFolder(),
};

describe("a lint session", () => {
  it.each(Object.entries(folders))(
    "finds what a lint from scratch finds, after any change: %s",
    async (_, texts) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 5 }), async (changes) => {
          const session = new LintSession();
          let now = texts;
          await session.lint(inputOf(now));
          for (const change of changes) {
            now = changed(now, change);
            expect(await session.lint(inputOf(now))).toEqual(await lint(inputOf(now)));
          }
        }),
        { numRuns: (texts.size > 50 ? 1 : 6) * (inFull ? 4 : 1) },
      );
    },
  );

  it.each<[string, Partial<LintInput>]>([
    ["another preset", { preset: "recommended" }],
    ["a rule that is off", { rules: { "missing-down": "off" } }],
    ["another server", { postgres: 14 }],
    ["a history that is not reported on", { startAfter: "000050" }],
    ["what is broken, judged only as that", { aroundErrors: false }],
    ["a change set", { changed: new Set(["migrations/000060_mail.up.sql"]) }],
  ])("follows the settings: %s", async (_, options) => {
    const session = new LintSession();
    const input = inputOf(folders["one schema"] as Texts);
    await session.lint(input);
    expect(await session.lint({ ...input, ...options })).toEqual(await lint({ ...input, ...options }));
    expect(await session.lint(input)).toEqual(await lint(input));
  });
});

function inputOf(texts: Texts): LintInput {
  const files = [...texts].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const folder = readMigrations("migrations", files, golangMigrate);
  return { folder, preset: "all", rules: {}, postgres: 18, aroundErrors: true };
}

/** The cases contradict one another now and then, as migrations under construction do. */
function casesInOneFolder(): Texts {
  const texts = new Map<string, string>();
  const corpus = join(import.meta.dirname, "../../corpus");
  for (const [index, name] of readdirSync(corpus).sort().entries()) {
    const files = readdirSync(join(corpus, name), { recursive: true, encoding: "utf8" });
    for (const file of files) {
      const parts = /(\d+)_(\w+)\.(up|down)\.sql$/.exec(file);
      if (!parts) continue;
      const version = String(index * 10 + Number(parts[1])).padStart(6, "0");
      const path = `migrations/${version}_${parts[2]}.${parts[3]}.sql`;
      texts.set(path, readFileSync(join(corpus, name, file), "utf8"));
    }
  }
  return texts;
}
