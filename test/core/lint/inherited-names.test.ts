import { describe, expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import { readLayout } from "../../support/read-layout.ts";

/** What every object of JavaScript is born with. */
const names = ["constructor", "__proto__", "toString", "hasOwnProperty"];

const statements = (name: string) => [
  `CREATE TYPE "${name}" AS ENUM ('a', 'b')`,
  `CREATE TABLE "${name}" ("${name}" "${name}" DEFAULT 'a', n "${name}"[], CONSTRAINT "${name}" CHECK (true))`,
  `CREATE INDEX i ON "${name}" USING "${name}" ("${name}" "${name}")`,
  `CREATE FUNCTION "${name}"(a int) RETURNS int LANGUAGE sql SET "${name}" = 1 AS 'select 1'`,
  `CREATE VIEW v AS SELECT "${name}"(1), CAST('a' AS "${name}"), '1 ${name}'::interval`,
  `CREATE SEQUENCE s AS "${name}"`,
  `CREATE EXTENSION "${name}"`,
  `GRANT "${name}" ON "${name}" TO x`,
  `DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog."${name}") THEN CREATE TABLE z (); END IF; END $$`,
];

describe.each(names)("a name that objects inherit: %s", (name) => {
  it.each(statements(name))("is a name like any other in %s", async (statement) => {
    const folder = readLayout("golang-migrate", {
      "1_a.up.sql": `${statement};`,
      "1_a.down.sql": "SELECT 1;",
      "2_b.up.sql": "SELECT 1;",
      "2_b.down.sql": `${statement};`,
    });
    const { findings } = await lint({ folder, preset: "all", rules: {}, postgres: 18 });
    expect(findings.filter(({ message }) => message.includes("native code"))).toEqual([]);
  });
});
