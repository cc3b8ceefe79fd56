import { expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";

/** Bytes that PostgreSQL does not take, or that its runner does not read. */

const mark = "\uFEFF";
const sent = ["the file begins with a byte order mark, which the runner sends and PostgreSQL refuses"];

it.each<[string, string, string | Uint8Array, readonly string[]]>([
  ["golang-migrate", "1_a.up.sql", `${mark}SELECT 1;`, sent],
  ["sqlx", "1_a.sql", `${mark}SELECT 1;`, sent],
  ["node-pg-migrate", "1_a.sql", `${mark}SELECT 1;`, sent],
  // What takes a file apart does not send its beginning.
  ["supabase", "1_a.sql", `${mark}SELECT 1;`, []],
  ["flyway", "V1__a.sql", `${mark}SELECT 1;`, []],
  ["golang-migrate", "1_a.up.sql", "SELECT '\0';", ["byte 8 is NUL: PostgreSQL accepts no NUL in a query"]],
  ["golang-migrate", "1_a.up.sql", Uint8Array.of(0x2d, 0x2d, 0xe9), ["byte 2 is not valid UTF-8"]],
  [
    "golang-migrate",
    "1_a.up.sql",
    Uint8Array.of(0xff, 0xfe, 0x3b, 0),
    ["the file is UTF-16: PostgreSQL reads it as UTF-8 and fails"],
  ],
])("%s %s %j", async (layout, name, text, messages) => {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const folder = readMigrations("", [{ path: name, bytes }], layouts[layout] as Layout);
  const { findings } = await lint({ folder, preset: "recommended", rules: {}, postgres: 18 });
  const said = findings.filter(({ rule }) => rule === "unreadable-file");
  expect(said.map(({ message }) => message)).toEqual(messages);
});
