import { beforeAll, describe, expect, it } from "vitest";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { parseAround } from "#core/sql/parse-around.ts";

beforeAll(loadParser);

const index = "CREATE INDEX i ON users (email);";

describe("the statements around a broken one", () => {
  it.each<[string, string, string[]]>([
    [
      "stand before and behind it",
      `DROP TABLE a;\nCREATE TABEL b;\n${index}`,
      ["DROP TABLE a", index.slice(0, -1)],
    ],
    [
      "begin on a line of their own, where it is half-written",
      `ALTER TABLE users ADD COL\n${index}`,
      [index.slice(0, -1)],
    ],
    ["and where PostgreSQL minds an earlier word", `CREATE TABL\r\n${index}`, [index.slice(0, -1)]],
    [
      "and where a word of the next one is taken for a name",
      `ALTER TABLE\nDROP TABLE a;\n${index}`,
      ["DROP TABLE a", index.slice(0, -1)],
    ],
    [
      "are two, where nothing but the semicolon is missing",
      `CREATE TABLE a (id int) -- no end\n${index}`,
      ["CREATE TABLE a (id int)", index.slice(0, -1)],
    ],
    [
      "are not made of its own lines",
      "ALTER TABLE a\n  ADD COLUMN,\n  ALTER COLUMN b DROP NOT NULL;\nDROP TABLE c;",
      ["DROP TABLE c"],
    ],
    ["are none in a text that is broken throughout", `${"a;\n".repeat(9)}DROP TABLE g;`, []],
  ])("%s", (_, text, statements) => {
    const around = parseAround(parseSql(text));
    expect(around.map(({ start, end }) => text.slice(start, end))).toEqual(statements);
  });
});
