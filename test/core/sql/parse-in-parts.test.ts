import { beforeAll, describe, expect, it } from "vitest";
import { parseTree } from "#core/sql/grammar.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { parseInParts } from "#core/sql/parse-in-parts.ts";
import { corpusFiles } from "../../support/corpus-files.ts";

/** A text that is parsed part by part gives the trees of the whole, with every place. */

beforeAll(loadParser);

/** A part for each statement, or for a few. */
const sizes = [1, 200];

const texts: Readonly<Record<string, string>> = {
  "statements that begin with a place":
    "WITH a AS (SELECT 1) SELECT * FROM a;\nWITH b AS (SELECT 2) SELECT * FROM b;\n(SELECT 1) UNION SELECT 2;\nVALUES (1), (2);",
  "lists, casts and rows":
    "SELECT 1 IN (1, 2), ARRAY[1, 2], ROW(1, 2)::t, a[1:2] FROM x;\nSELECT x.a NOT IN ('b', 'c'), ARRAY[[1], [2]] FROM x;",
  "JSON paths with names":
    "SELECT 1;\nSELECT * FROM JSON_TABLE('[]', '$[*]' AS root COLUMNS (a int PATH '$.a', NESTED PATH '$.b' AS b COLUMNS (c int)));",
  "bodies with semicolons":
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END;\nCREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;\nCREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b);\nSELECT E'a\\';b';",
  "comments and blanks around":
    "\n\n-- first ;\nSELECT 1 /* ; */ ; -- after\n/* before ; */ SELECT 2\n;;;\nSELECT 3",
  "more bytes than characters":
    "-- äöü 😀\nSELECT 'é', \"ñ\" FROM t WHERE a = 'ß😀' AND b = 1;\nINSERT INTO t (a, \"ü\") VALUES ('日本', 2) ON CONFLICT (a) DO NOTHING;\nDELETE FROM t USING u WHERE t.a = u.a;",
  "rows by the hundred": Array.from(
    { length: 300 },
    (_, index) => `INSERT INTO t (a, b) VALUES (${index}, 'ä${index}');`,
  ).join("\n"),
};

describe("in parts", () => {
  it.each(Object.entries(texts))("%s", (_, text) => {
    for (const size of sizes) expect(parseInParts(text, size)?.stmts).toEqual(whole(text));
  });

  it("leaves an error to the whole", () => {
    const text = `${texts["rows by the hundred"]}\nINSERT INTOO t VALUES (1);\nSELECT 1;`;
    expect(parseInParts(text, 200)).toBeUndefined();
  });

  it.skipIf(!process.env.SWITCHBACK_CORPUS)("every file of the real folders (SWITCHBACK_CORPUS)", () => {
    const wrong = corpusFiles().flatMap(({ path, text }) => {
      const expected = text.includes("\0") ? undefined : whole(text);
      if (expected === undefined) return [];
      const parts = parseInParts(text, 100)?.stmts;
      return JSON.stringify(parts) === JSON.stringify(expected) ? [] : [path];
    });
    expect(wrong).toEqual([]);
  });
});

function whole(text: string) {
  const tree = parseTree(text);
  return "refused" in tree ? undefined : (tree.stmts ?? []);
}

describe("a file of megabytes", () => {
  const row = "INSERT INTO t (a, b) VALUES (1, 'the name of a thing, ä');\n";
  const text = row.repeat(30_000);

  it("has every statement where it stands", () => {
    const { statements, problem } = parseSql(text);
    expect({ problem, count: statements.length }).toEqual({ problem: undefined, count: 30_000 });
    const last = statements.at(-1);
    expect(text.slice(last?.start, last?.end)).toBe(row.slice(0, -2));
  });

  it("has its error where it stands", () => {
    const { problem } = parseSql(`${text}INSERT INTOO t VALUES (1);\n${row}`);
    expect(problem).toMatchObject({
      message: 'syntax error at or near "INTOO"',
      start: text.length + "INSERT ".length,
    });
  });
});
