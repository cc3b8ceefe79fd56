import { describe, expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import { detectLayout } from "#core/migration/layout/detect-layout.ts";
import { unrunnableStatement } from "#core/postgres/pglite/unrunnable-statement.ts";
import { blamesRows } from "#core/roundtrip/data/blames-rows.ts";
import { hasMarker } from "../../extension/src/folders/migration-place.ts";
import { readLayout } from "../support/read-layout.ts";

/** Long enough that work which grows with its square takes an hour, and what a test may take is ten minutes. */
const size = 1_000_000;
const blank = "\n".repeat(size);
const dashes = "--\n".repeat(size);

describe("a long text takes a time that grows with it", () => {
  it.each([
    ["blank lines", blank],
    ["empty comments", dashes],
    ["one comment of blanks", `--${" ".repeat(size)}`],
    ["one comment of dashes", "-".repeat(size)],
  ])("where a layout is looked for: %s", (_, text) => {
    const file = { path: "m/1_a.sql", name: "1_a.sql", text: () => text };
    expect(detectLayout([file], []).kind).toBeDefined();
    expect(hasMarker(text)).toBe(false);
  });

  it.each(["goose", "diesel", "flyway", "dbmate"])("where %s reads its marks", async (layout) => {
    const files = { "1_a.sql": blank, "V1__a.sql": blank, "1_a/up.sql": blank, "1_a/metadata.toml": blank };
    const { findings } = await lint({
      folder: readLayout(layout, files),
      preset: "all",
      rules: {},
      postgres: 18,
    });
    expect(findings).toBeDefined();
  });

  it("where a body is looked through for calls", async () => {
    const body = `SELECT '${"x".repeat(size)}'`;
    const up = `CREATE FUNCTION f() RETURNS text LANGUAGE sql STABLE AS $$ ${body} $$; CREATE TABLE t (a int);
      ALTER TABLE t ADD COLUMN b text DEFAULT f();`;
    const folder = readLayout("golang-migrate", { "1_a.up.sql": up, "1_a.down.sql": "DROP TABLE t;" });
    expect(await lint({ folder, preset: "all", rules: {}, postgres: 18 })).toBeDefined();
  });

  it("where options of a foreign table change", async () => {
    const up = `CREATE FOREIGN TABLE t (a int) SERVER s OPTIONS (b '${" OPTIONS (".repeat(size / 10)}');
      ALTER FOREIGN TABLE t OPTIONS (SET b '2');`;
    const folder = readLayout("golang-migrate", {
      "1_a.up.sql": up,
      "1_a.down.sql": "DROP FOREIGN TABLE t;",
    });
    expect(await lint({ folder, preset: "all", rules: {}, postgres: 18 })).toBeDefined();
  });

  it("where an error may be the rows' fault", () => {
    const error = { sqlstate: "23505", message: "", file: "" };
    expect(blamesRows(error, `${"/**/".repeat(size)}select`)).toBe(false);
    expect(blamesRows(error, "/* a * b */ -- c\n alter table t")).toBe(true);
  });

  it("where a text may be a COPY", async () => {
    expect(await unrunnableStatement(`SELECT '${"copy ".repeat(size)} program'`)).toBeUndefined();
  });
});
