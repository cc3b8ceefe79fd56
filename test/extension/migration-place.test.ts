import { describe, expect, it } from "vitest";
import { hasMarker, migrationPlace } from "../../extension/src/folders/migration-place.ts";

describe("migrationPlace", () => {
  it.each([
    ["golang-migrate", "db/000001_users.up.sql", { folder: "db", depth: 0, certain: true }],
    ["a pair in the root", "000001_users.down.sql", { folder: "", depth: 0, certain: true }],
    [
      "Diesel",
      "app/migrations/2024-01-31-120000_users/up.sql",
      { folder: "app/migrations", depth: 1, certain: true },
    ],
    [
      "Prisma",
      "prisma/migrations/20240131120000_users/migration.sql",
      { folder: "prisma/migrations", depth: 1, certain: true },
    ],
    ["Flyway", "sql/V1.2__users.sql", { folder: "sql", depth: 0, certain: true }],
    [
      "a release of Flyway's",
      "db/migration/1.0/V1__a.sql",
      { folder: "db/migration", depth: 1, certain: true },
    ],
    [
      "a vendor of Flyway's",
      "db/migration/mysql/V1__a.sql",
      { folder: "db/migration/mysql", depth: 0, certain: true },
    ],
    ["a repeatable of Flyway", "sql/R__views.sql", { folder: "sql", depth: 0, certain: true }],
    ["Authelia", "storage/V0001.Initial_Schema.up.sql", { folder: "storage", depth: 0, certain: true }],
    ["Ory", "sql/20200101000000_users.postgres.up.sql", { folder: "sql", depth: 0, certain: true }],
    [
      "Supabase",
      "supabase/migrations/20240131120000_users.sql",
      { folder: "supabase/migrations", depth: 0, certain: true },
    ],
    ["a number alone", "initdb/01-users.sql", { folder: "initdb", depth: 0, certain: false }],
    [
      "a number in a folder of migrations",
      "db/migrate/001_users.sql",
      { folder: "db/migrate", depth: 0, certain: true },
    ],
  ])("%s: %s", (_, path, place) => {
    expect(migrationPlace(path)).toEqual(place);
  });

  it.each(["queries/report.sql", "schema.sql", "up.sql", "users/up.sql", "migrations/seed.sql", "2024.csv"])(
    "%s is none",
    (path) => {
      expect(migrationPlace(path)).toBeUndefined();
    },
  );
});

describe("hasMarker", () => {
  it.each([
    "-- +goose Up\n",
    "-- +migrate Up\n",
    "-- migrate:up\n",
    "\n-- Up Migration\n",
    "-- +goose Up\r\n",
  ])("%j", (text) => {
    expect(hasMarker(text)).toBe(true);
  });
  it.each(["SELECT 1; -- goose", "-- what comes up\n", ""])("not %j", (text) => {
    expect(hasMarker(text)).toBe(false);
  });
});
