import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proposeDown } from "#core/author/down/propose-down.ts";
import type { RealCatalogs } from "#core/author/down/real-catalogs.ts";
import type { Migration } from "#core/migration/model.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { catalogsAround } from "#core/roundtrip/catalogs-around.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { loadParser } from "#core/sql/parse.ts";
import { readLayout } from "../support/read-layout.ts";
import { EngineHolder } from "./engine-holder.ts";

const cases: readonly { readonly name: string; readonly before: string; readonly up: string }[] = [
  {
    name: "enum values, with everything that holds on to the type",
    before: `
      CREATE TYPE "Mood" AS ENUM ('good', 'it''s bad');
      COMMENT ON TYPE "Mood" IS 'how it is';
      CREATE TABLE moods (m "Mood" PRIMARY KEY);
      CREATE TABLE people (
        id bigint PRIMARY KEY,
        m "Mood" NOT NULL DEFAULT 'good' REFERENCES moods,
        past "Mood"[] DEFAULT '{good}',
        note text DEFAULT 'good'::"Mood"::text,
        CHECK (m <> 'it''s bad'),
        UNIQUE (m, id)
      );
      CREATE INDEX people_good ON people (id) WHERE m = 'good';
      CREATE INDEX people_m ON people (m);
      CREATE TABLE parts (id bigint, m "Mood" DEFAULT 'good') PARTITION BY RANGE (id);
      CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
      CREATE INDEX parts_good ON parts (id) WHERE m = 'good';
      CREATE FUNCTION is_good("Mood") RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 = 'good' $$;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER touch BEFORE UPDATE OF m ON people FOR EACH ROW WHEN (NEW.m = 'good') EXECUTE FUNCTION touch();
      CREATE POLICY good_only ON people USING (m = 'good');
      CREATE VIEW fine AS SELECT id, m FROM people WHERE is_good(m);
      COMMENT ON VIEW fine IS 'the good ones';
      CREATE VIEW finer AS SELECT id FROM fine;
      CREATE MATERIALIZED VIEW counted AS SELECT m, count(*) AS n FROM people GROUP BY m;
      CREATE UNIQUE INDEX counted_m ON counted (m);`,
    up: `ALTER TYPE "Mood" ADD VALUE 'worse'; ALTER TYPE "Mood" ADD VALUE 'best' BEFORE 'good';`,
  },
  {
    name: "an enum value, where the same script replaces what holds on to the type",
    before: `
      CREATE TYPE mood AS ENUM ('good');
      CREATE TABLE people (m mood, CONSTRAINT fine CHECK (m = 'good'));`,
    up: `
      ALTER TYPE mood ADD VALUE 'bad';
      ALTER TABLE people DROP CONSTRAINT fine;
      ALTER TABLE people ADD CONSTRAINT fine CHECK (m IS NOT NULL AND m = 'good');`,
  },
  {
    name: "an index of a partitioned table that was dropped",
    before: `
      CREATE TABLE parts (id bigint, n int) PARTITION BY RANGE (id);
      CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
      CREATE INDEX parts_n ON parts (n);`,
    up: "DROP INDEX parts_n;",
  },
  {
    name: "a column that moved to another enum",
    before: `
      CREATE TYPE a AS ENUM ('x');
      CREATE TABLE t (c a DEFAULT 'x');`,
    up: `
      CREATE TYPE b AS ENUM ('x', 'y');
      ALTER TABLE t ALTER COLUMN c DROP DEFAULT, ALTER COLUMN c TYPE b USING c::text::b, ALTER COLUMN c SET DEFAULT 'y';`,
  },
];

describe("a proposed down", () => {
  const engines = new EngineHolder(() => openEmbedded({ major: 18 }));
  beforeAll(loadParser);
  afterAll(() => engines.stop());

  const sources = ["statements", "catalog"] as const;
  it.each(cases.flatMap((it) => sources.map((source) => ({ ...it, source }))))(
    "takes back $name, from the $source",
    async ({ before, up, source }) => {
      const { migrations } = readLayout("golang-migrate", { "1_before.up.sql": before, "2_it.up.sql": up });
      const [first, second] = migrations as [Migration, Migration];
      const engine = await engines.current();
      const options = {
        layout: "golang-migrate",
        engine,
        reopen: engines.reopen,
        timeoutMs: 60_000,
      };
      let real: RealCatalogs | undefined;
      if (source === "catalog") {
        const around = await catalogsAround({ ...options, migrations }, second);
        if (!around.ok) throw new Error(around.problem);
        real = around;
      }
      const text = (await proposeDown(migrations, second, 18, real))?.text ?? "";
      const { migrations: complete } = readLayout("golang-migrate", {
        "1_before.up.sql": before,
        "2_it.up.sql": up,
        "2_it.down.sql": text,
      });
      const found: unknown[] = [];
      for await (const { name, verdict, phases } of proveMigrations({ ...options, migrations: complete }))
        if (name !== first.name)
          found.push(
            verdict.status,
            phases.flatMap(({ error, changes }) => [
              ...(error ? [error.message] : []),
              ...changes.map(({ words }) => words),
            ]),
          );
      expect(found, text).toEqual(["reversible", []]);
    },
  );
});
