import { describe, expect, it } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

const orders = {
  "migrations/000001_orders.up.sql": "CREATE TABLE orders (id bigint PRIMARY KEY, at timestamptz);",
  "migrations/000001_orders.down.sql": "DROP TABLE orders;",
};
const index = "CREATE INDEX orders_at_idx ON orders (at);";

async function said(
  files: Record<string, string | Uint8Array>,
  options: Parameters<typeof lintFiles>[1] = {},
) {
  const { findings } = await lintFiles(files, { preset: "recommended", ...options });
  return findings.map(
    ({ rule, file, range }) => `${rule} ${file.slice(11)}:${range.start.line}:${range.start.column}`,
  );
}

/** One more migration on top of `orders`. */
function second(up: string, down = "DROP INDEX CONCURRENTLY orders_at_idx;") {
  return {
    ...orders,
    "migrations/000002_second.up.sql": up,
    "migrations/000002_second.down.sql": down,
  };
}

async function indexFindings(files: Record<string, string>, options: Parameters<typeof lintFiles>[1] = {}) {
  return (await said(files, options)).filter((it) => /^(require-concurrent-index|concurrently-)/.test(it));
}

describe("what existed before", () => {
  it("is what earlier migrations made", async () => {
    expect(await indexFindings(second(index))).toEqual(["require-concurrent-index 000002_second.up.sql:1:1"]);
  });

  it("is what the change set did not make", async () => {
    const changed = new Set([...Object.keys(orders), "migrations/000002_second.up.sql"]);
    expect(await indexFindings(second(index), { changed })).toEqual([]);
    const onlySecond = new Set(["migrations/000002_second.up.sql"]);
    expect(await indexFindings(second(index), { changed: onlySecond })).toHaveLength(1);
  });

  it("survives a rename in the same migration", async () => {
    expect(
      await indexFindings(
        second(`ALTER TABLE orders RENAME TO purchases;\n${index.replace("ON orders", "ON purchases")}`),
      ),
    ).toEqual(["require-concurrent-index 000002_second.up.sql:2:1"]);
  });

  it("goes by schema", async () => {
    const up = "CREATE SCHEMA shop;\nCREATE TABLE shop.orders (at date);\nCREATE INDEX ON shop.orders (at);";
    expect(await indexFindings(second(`${up}\nCREATE INDEX ON orders (at);`))).toEqual([
      "require-concurrent-index 000002_second.up.sql:4:1",
    ]);
  });

  it("is a table that nobody was seen to make", async () => {
    expect(await indexFindings({ "migrations/1_a.up.sql": "CREATE INDEX ON elsewhere (a);" })).toHaveLength(
      1,
    );
  });
});

describe("CONCURRENTLY", () => {
  const concurrently = "CREATE INDEX CONCURRENTLY orders_at_idx ON orders (at);";
  const wrong = ["concurrently-in-transaction 000002_second.up.sql:2:1"];

  it.each([
    ["alone", concurrently, []],
    ["alone, with comments", `-- a\n${concurrently} -- b\n;`, []],
    ["in BEGIN and COMMIT", `BEGIN;\n${concurrently}\nCOMMIT;`, wrong],
    ["in START TRANSACTION and END", `START TRANSACTION;\n${concurrently}\nEND;`, wrong],
    ["after another statement", `SELECT 1;\n${concurrently}`, wrong],
    ["after a transaction in the same file", `BEGIN; SELECT 1; COMMIT;\n${concurrently}`, wrong],
    ["REINDEX", "SELECT 1;\nREINDEX (VERBOSE) TABLE CONCURRENTLY orders;", wrong],
    ["REINDEX (CONCURRENTLY)", "SELECT 1;\nREINDEX (CONCURRENTLY) TABLE orders;", wrong],
    ["REINDEX (CONCURRENTLY false)", "SELECT 1;\nREINDEX (CONCURRENTLY false) TABLE orders;", []],
    ["DROP INDEX", "SELECT 1;\nDROP INDEX CONCURRENTLY IF EXISTS orders_at_idx;", wrong],
  ])("%s", async (_name, up, expected) => {
    expect(await indexFindings(second(up, "-- switchback: irreversible not the point"))).toEqual(expected);
  });

  it("in a down", async () => {
    expect(
      await indexFindings(second(concurrently, "SELECT 1;\nDROP INDEX CONCURRENTLY orders_at_idx;")),
    ).toEqual(["concurrently-in-transaction 000002_second.down.sql:2:1"]);
  });
});

describe("scope", () => {
  it("simulates the history and speaks only of what comes after it", async () => {
    expect(await indexFindings(second(index), { startAfter: "2" })).toEqual([]);
    expect(await indexFindings(second(index), { startAfter: "1" })).toHaveLength(1);
  });

  it("goes by the files that changed", async () => {
    const files = { ...second(index), "migrations/000004_d.up.sql": "SELECT 1;" };
    expect(await said(files, { changed: new Set(["migrations/000004_d.up.sql"]) })).toEqual([
      "missing-down 000004_d.up.sql:1:1",
      "sequence-gap 000004_d.up.sql:1:1",
    ]);
  });

  it("counts the statements that it speaks of", async () => {
    const { statements, notAnalysed } = await lintFiles(second("SELECT 1; SELECT 2;", "SELECT 3;"));
    expect({ statements, notAnalysed }).toEqual({ statements: 5, notAnalysed: 0 });
  });
});

describe("one broken file", () => {
  it("does not hide the others, and what can be understood of it is still simulated", async () => {
    const files = {
      "migrations/1_a.up.sql": "CREATE TABLE a (id int);\nCRATE TABLE b (id int);\nCREATE TABLE c (id int);",
      "migrations/1_a.down.sql": "DROP TABLE a, c;",
      "migrations/2_b.up.sql": "CREATE INDEX c_id_idx ON c (id);",
      "migrations/2_b.down.sql": "DROP INDX c_id_idx;",
    };
    expect((await said(files)).filter((it) => /^(syntax|require)/.test(it))).toEqual([
      "syntax-error 1_a.up.sql:2:1",
      "require-concurrent-index 2_b.up.sql:1:1",
      "syntax-error 2_b.down.sql:1:6",
    ]);
  });

  const half = {
    "migrations/1_a.up.sql": "CREATE TABLE a (id bigint PRIMARY KEY, b text);",
    "migrations/1_a.down.sql": "DROP TABLE a;",
    "migrations/2_b.up.sql":
      "CREATE INDEX a_b ON a (b);\nCREATE TABLE c (\n  id bigint,\n  \n);\nCREATE INDEX c_id ON c (id);\n-- switchback-ignore drop-column: unused\nALTER TABLE a DROP COLUMN b;\n",
    "migrations/2_b.down.sql": "DROP INDEX a_b;\nALTER TABLE a\nDROP COLUMN b;",
  };

  it("is told of as broken, and of nothing else", async () => {
    expect(await said(half, { preset: "recommended" })).toEqual(["syntax-error 2_b.up.sql:5:1"]);
  });

  it("is judged around the error, where that is asked for: not what the broken statement may have made", async () => {
    const { findings } = await lintFiles(half, { preset: "recommended", aroundErrors: true });
    const inUp = findings.filter(({ file }) => file.endsWith("up.sql"));
    expect(inUp.map(({ rule, range }) => `${rule} ${range.start.line}`)).toEqual([
      "require-concurrent-index 1",
      "syntax-error 5",
    ]);
    // Whether CONCURRENTLY can stand here nobody knows yet.
    expect(inUp[0]?.fix).toBeUndefined();
  });

  it("says nothing but that, where it is written for another database", async () => {
    const files = {
      ...half,
      "migrations/2_b.up.sql": `${half["migrations/2_b.up.sql"]}CREATE TABLE d (id int AUTO_INCREMENT);`,
    };
    expect(await said(files, { preset: "recommended", aroundErrors: true })).toEqual([
      "syntax-error 2_b.up.sql:5:1",
    ]);
  });

  it.each([
    ["bytes that are not UTF-8", Uint8Array.of(0x2d, 0x2d, 0xe9), "unreadable-file 1_a.up.sql:1:3"],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x2d, 0), "unreadable-file 1_a.up.sql:1:1"],
    ["NUL", "SELECT 1;\n\0", "unreadable-file 1_a.up.sql:2:1"],
  ])("%s", async (_name, content, expected) => {
    const found = await said({ "migrations/1_a.up.sql": content, "migrations/1_a.down.sql": "SELECT 1;" });
    expect(found.filter((it) => /^(unreadable|syntax)/.test(it))).toEqual([expected]);
  });
});

describe("a folder that is not PostgreSQL's", () => {
  it.each([
    [
      "MySQL",
      "CREATE TABLE `t` (id int AUTO_INCREMENT) ENGINE=InnoDB;",
      /written for MySQL, not PostgreSQL: 2 of 4/,
    ],
    ["Go templates", "CREATE TABLE {{.prefix}}t (id int);", /are templates, not SQL: \{\{\.prefix\}\}/],
  ])("%s is said once", async (_name, sql, message) => {
    const files = {
      "migrations/1_a.up.sql": sql,
      "migrations/1_a.down.sql": "DROP TABLE t;",
      "migrations/3_b.up.sql": sql,
      "migrations/3_b.down.sql": "DROP TABLE t;",
    };
    const { findings, foreign } = await lintFiles(files);
    expect(foreign).toBe(true);
    expect(findings).toMatchObject([{ rule: "syntax-error", message: expect.stringMatching(message) }]);
  });

  it.each([
    ["braces inside a string", "COMMENT ON SCHEMA public IS '{{.UserName}} `x` AUTO_INCREMENT';"],
    ["a template's name in a comment", "CREATE TABLE /* TEMPLATE: schema */users (id int);"],
    ["a dollar-quoted template", "SELECT $$ {{ x }} $$;"],
  ])("%s is SQL", async (_name, up) => {
    const { findings, foreign } = await lintFiles({
      "migrations/1_a.up.sql": up,
      "migrations/2_b.up.sql": up,
    });
    expect(foreign).toBeUndefined();
    expect(findings.filter(({ rule }) => rule === "syntax-error")).toEqual([]);
  });
});
