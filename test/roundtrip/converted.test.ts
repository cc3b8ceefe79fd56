import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convertFolder } from "#core/author/convert/convert-folder.ts";
import { Catalog } from "#core/catalog/catalog.ts";
import { diffCatalogs } from "#core/catalog/diff.ts";
import type { CatalogObject } from "#core/catalog/model.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { Migration } from "#core/migration/model.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { catalogsAround } from "#core/roundtrip/catalogs-around.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { EngineHolder } from "./engine-holder.ts";

const files = {
  "1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL DEFAULT 'a;b');\n",
  "1_users.down.sql": "DROP TABLE users;\n",
  "2_touch.up.sql":
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.email := 'x'; RETURN NEW; END; $$;\n" +
    "CREATE TRIGGER touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();\n",
  "2_touch.down.sql": "DROP TRIGGER touch ON users;\nDROP FUNCTION touch();\n",
  "3_index.up.sql": "CREATE INDEX CONCURRENTLY users_email ON users (email);\n",
  "3_index.down.sql": "DROP INDEX CONCURRENTLY users_email;\n",
};
/** These two run every file in a transaction, where no index is built concurrently. */
const alwaysWrapped = ["authelia", "node-pg-migrate"];

const engines = new EngineHolder(() => openEmbedded({ major: 18 }));
let expected: Catalog;

function read(texts: Readonly<Record<string, string>>, layout: Layout): readonly Migration[] {
  const raw = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  return readMigrations("", raw, layout).migrations;
}

async function options(migrations: readonly Migration[], layout: Layout) {
  const engine = await engines.current();
  return { migrations, layout: layout.name, engine, reopen: engines.reopen, timeoutMs: 60_000 };
}

async function catalogAfter(migrations: readonly Migration[], layout: Layout): Promise<Catalog> {
  const around = await catalogsAround(await options(migrations, layout), migrations.at(-1) as Migration);
  if (!around.ok) throw new Error(around.problem);
  return Catalog.of(around.after as readonly CatalogObject[]);
}

describe("a folder that was converted", () => {
  beforeAll(async () => {
    expected = await catalogAfter(read(files, golangMigrate), golangMigrate);
  });
  afterAll(() => engines.stop());

  const targets = Object.values(layouts).filter(({ downs }) => downs !== "none");
  it.each(targets.map((layout) => [layout.name, layout] as const))(
    "to %s makes the same schema and comes back",
    async (name, layout) => {
      const held = Object.entries(files).filter(
        ([file]) => !alwaysWrapped.includes(name) || !file.startsWith("3"),
      );
      const raw = held.map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
      const converted = await convertFolder(readMigrations("", raw, golangMigrate), layout);
      if (!converted.ok) throw new Error(converted.problems.join("\n"));
      const migrations = read(
        Object.fromEntries(converted.files.map((file) => [file.name, file.text])),
        layout,
      );
      const verdicts: string[] = [];
      for await (const { verdict } of proveMigrations(await options(migrations, layout)))
        verdicts.push(verdict.status);
      expect(verdicts).toEqual(migrations.map(() => "reversible"));
      const differing = diffCatalogs(expected, await catalogAfter(migrations, layout), "after down");
      expect(differing.map(({ words }) => words)).toEqual(
        held.length < Object.keys(files).length ? ["index users_email is missing after down"] : [],
      );
    },
  );
});
