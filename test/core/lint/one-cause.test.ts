import { describe, expect, it } from "vitest";
import { applyFixes } from "#core/lint/apply-fixes.ts";
import { lint } from "#core/lint/lint.ts";
import { lintFiles } from "../../support/lint-files.ts";
import { readLayout } from "../../support/read-layout.ts";

/** A table with much in it, and one migration on top. */
function migration(up: string, down: string) {
  return {
    "migrations/1_tools.up.sql":
      "CREATE TABLE tools (id bigint PRIMARY KEY, name text NOT NULL, size int, owner text, age int);\nCREATE INDEX tools_name ON tools (name);",
    "migrations/1_tools.down.sql": "DROP TABLE tools;",
    "migrations/2_change.up.sql": up,
    "migrations/2_change.down.sql": down,
  };
}

async function said(rule: string, up: string, down: string) {
  const { findings } = await lintFiles(migration(up, down), { preset: "strict", startAfter: "1" });
  return findings.filter((finding) => finding.rule === rule);
}

describe("one cause is one finding", () => {
  it("where a table comes back as another one", async () => {
    const [found, ...more] = await said(
      "down-incomplete",
      "DROP TABLE tools;",
      "CREATE TABLE tools (id int PRIMARY KEY, name text);",
    );
    expect(more).toEqual([]);
    expect(found?.message).toBe(
      "after the down table tools differs in index tools_name, column tools.age, column tools.owner and 3 more",
    );
    expect(found?.changes).toHaveLength(6);
    expect(found).toMatchObject({ file: "migrations/2_change.down.sql", label: "made again here" });
  });

  it("where two new indexes are alike: one of them may stay", async () => {
    const up = "CREATE INDEX a ON tools (size);\nCREATE INDEX b ON tools (size);";
    const found = await said("duplicate-index", up, "DROP INDEX a, b;");
    expect(found).toMatchObject([
      { message: "b is superfluous: a begins with the same columns", range: { start: { line: 2 } } },
    ]);
  });

  it("where a constraint comes back as an index alone", async () => {
    const up = "ALTER TABLE tools DROP CONSTRAINT tools_pkey;";
    const found = await said("down-incomplete", up, "CREATE UNIQUE INDEX tools_pkey ON tools (id);");
    expect(found).toMatchObject([{ file: "migrations/2_change.down.sql", range: { start: { line: 1 } } }]);
    expect(found[0]?.help).toBeUndefined();
  });

  it("where one statement made several things that stay", async () => {
    const [found, ...more] = await said(
      "down-incomplete",
      "ALTER TABLE tools ADD COLUMN a int, ADD COLUMN b int;",
      "SELECT 1;",
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      message: "the down leaves column tools.a and column tools.b behind",
      help: "end the down with\n  ALTER TABLE tools DROP COLUMN IF EXISTS b;\n  ALTER TABLE tools DROP COLUMN IF EXISTS a;",
    });
  });

  it("which stands where the difference was made, not at the first statement on the object", async () => {
    const up = "ALTER TABLE tools ALTER name DROP NOT NULL;\nALTER TABLE tools ALTER name SET DEFAULT 'x';";
    const [left] = await said("down-incomplete", up, "ALTER TABLE tools ALTER name SET NOT NULL;");
    expect(left).toMatchObject({ file: "migrations/2_change.up.sql", range: { start: { line: 2 } } });
    const [lost] = await said(
      "down-incomplete",
      "ALTER TABLE tools ALTER size SET DEFAULT 1;\nCOMMENT ON COLUMN tools.size IS 'mm';",
      "ALTER TABLE tools DROP COLUMN size;",
    );
    expect(lost).toMatchObject({ file: "migrations/2_change.down.sql", label: "dropped here" });
  });

  it("which stands in the down where that drops what the up gave the name of something it dropped", async () => {
    const files = migration(
      "ALTER TABLE tools DROP CONSTRAINT tools_pkey;\nALTER TABLE tools ADD CONSTRAINT tools_pkey UNIQUE USING INDEX tools_name;",
      "ALTER TABLE tools DROP CONSTRAINT tools_pkey;\nALTER TABLE tools ADD PRIMARY KEY (id);",
    );
    const made = files["migrations/1_tools.up.sql"].replace("CREATE INDEX", "CREATE UNIQUE INDEX");
    const { findings } = await lintFiles(
      { ...files, "migrations/1_tools.up.sql": made },
      { startAfter: "1" },
    );
    const taken = findings.find(({ rule }) => rule === "down-incomplete");
    expect(taken).toMatchObject({
      message: "index tools_name was there before the up and is missing after the down",
      file: "migrations/2_change.down.sql",
      range: { start: { line: 1 } },
    });
  });

  it("where one statement drops several constraints", async () => {
    const files = migration(
      "ALTER TABLE tools DROP CONSTRAINT grown, DROP CONSTRAINT known;",
      "-- switchback: irreversible not part of it",
    );
    const made = files["migrations/1_tools.up.sql"].replace(
      ");",
      ", CONSTRAINT grown CHECK (size > 0), CONSTRAINT known UNIQUE (owner));",
    );
    const { findings } = await lintFiles(
      { ...files, "migrations/1_tools.up.sql": made },
      { preset: "strict", startAfter: "1" },
    );
    expect(findings.filter(({ rule }) => rule === "drop-constraint")).toMatchObject([
      { message: "nothing checks CHECK ((size > 0)) and UNIQUE (owner) of tools any more" },
    ]);
  });

  it("but two statements are two causes", async () => {
    const up = "ALTER TABLE tools ADD COLUMN a int;\nALTER TABLE tools ADD COLUMN b int;";
    expect(await said("down-incomplete", up, "SELECT 1;")).toHaveLength(2);
  });

  const check = "ALTER TABLE tools ADD CONSTRAINT grown CHECK (size > 0);";

  it("where a statement has neither timeout", async () => {
    const back = "ALTER TABLE tools DROP CONSTRAINT grown;";
    expect(await said("missing-statement-timeout", check, back)).toEqual([]);
    expect(await said("missing-lock-timeout", check, back)).toMatchObject([
      {
        message:
          "the wait for ACCESS EXCLUSIVE on tools has no limit, and everybody else waits behind it; nothing ends this statement where going through tools under ACCESS EXCLUSIVE takes too long",
        help: "set one before the first lock\n  SET LOCAL lock_timeout = '5s';\n  SET LOCAL statement_timeout = '60s';",
        fix: { edits: [{ text: "SET LOCAL lock_timeout = '5s';\nSET LOCAL statement_timeout = '60s';\n" }] },
      },
    ]);
  });

  describe("where nothing tells whether the runner cuts statements", () => {
    const body = (name: string) =>
      `CREATE FUNCTION ${name}() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n  RETURN;\nEND $$;\n`;
    const file = (up: string) => `-- +migrate Up\n${up}-- +migrate Down\nSELECT 1;\n`;
    const files = {
      "1-a.sql": file(body("a") + body("b")),
      "2-b.sql": file(`-- switchback-ignore section-marker: it is known\n${body("c")}`),
      "3-c.sql": file(body("d")),
    };
    const marked = async (texts: Readonly<Record<string, string>>, runner = "sql-migrate") => {
      const folder = readLayout(runner, texts);
      const { findings } = await lint({ folder, preset: "recommended", rules: {}, postgres: 18 });
      return findings.filter(({ rule }) => rule === "section-marker" || rule === "unused-ignore");
    };

    it("it is told at the first, and all are mended there", async () => {
      const [found, ...more] = await marked(files);
      expect(more).toEqual([]);
      expect(found).toMatchObject({
        file: "m/1-a.sql",
        severity: "warning",
        message:
          "the runner cuts this statement at a semicolon inside of it, and sends it in parts; so with 2 more in 2 files",
      });
      const texts = new Map(Object.entries(files).map(([name, text]) => [`m/${name}`, text]));
      const mended = applyFixes(texts, found?.fix ? [found.fix] : []).texts;
      expect(
        await marked(Object.fromEntries([...mended].map(([path, text]) => [path.slice(2), text]))),
      ).toEqual([]);
    });

    it("but a runner that is known to cut fails at each", async () => {
      const goose = Object.entries(files).map(
        ([name, text]) => [name.replace("-", "_"), text.replaceAll("+migrate", "+goose")] as const,
      );
      expect(await marked(Object.fromEntries(goose), "goose")).toHaveLength(3);
    });
  });

  it("but the rule speaks for itself where the other one has nothing to say", async () => {
    const up = `SET LOCAL lock_timeout = '5s';\n${check}`;
    expect(await said("missing-statement-timeout", up, "SELECT 1;")).toHaveLength(1);
  });
});
