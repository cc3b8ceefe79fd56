import { beforeAll, describe, expect, it } from "vitest";
import { explainSyntaxError } from "#core/sql/explain-syntax-error.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";

beforeAll(loadParser);

async function explained(text: string) {
  const { problem } = parseSql(text);
  if (!problem) throw new Error(`no syntax error in ${text}`);
  return await explainSyntaxError(text, problem);
}

describe("what a syntax error probably meant", () => {
  it.each([
    [
      "ALTER TABLE o ADD CONSTRAINT FORIEGN KEY (a) REFERENCES u (id)",
      "expected CHECK, FOREIGN, UNIQUE or PRIMARY: did you mean FOREIGN?",
    ],
    ["DELETE FORM x", "did you mean FROM?"],
    ["SELECT 1; -- ü\nDROP TABLE IF EXIST x; SELECT 2", "did you mean EXISTS?"],
    ["INSERT INT x VALUES (1)", "did you mean INTO?"],
    ["CREATE TABL x (a int)", "did you mean TABLE?"],
    ["ALTER TABLE x DROP COLUM a", "did you mean COLUMN instead of COLUM?"],
    ["DROP TABLE IF NOT EXISTS x", "expected EXISTS"],
    ["CREATE TABLE x (a int, b int,)", "the comma before it is one too many"],
    ["CREATE TABLE x (a int\n  b int)", "a comma is missing before it"],
    ["DROP TABLE x\nDROP TABLE y", "the statement before it is not ended by a semicolon"],
    ["SELECT 1;\nINSERT INTO x\nCREATE INDEX i ON x (a)", "the statement before it is not finished"],
    ["CREATE TABLE x (references int)", 'references is a key word: as a name it is written "references"'],
    ["CREATE TABLE order (id int)", 'order is a key word: as a name it is written "order"'],
    ["CREATE TABLE x (a int REFERENCES user (id))", 'user is a key word: as a name it is written "user"'],
    ["ALTER TABLE x RENAME TO group", 'group is a key word: as a name it is written "group"'],
    ["UPDATE user SET a = 1", 'user is a key word: as a name it is written "user"'],
    ["GRANT SELECT ONN x TO y", "did you mean ON?"],
    ["DO $$ BEGIN END $$; DELETE FORM x", "did you mean FROM?"],
    ["INSERT INTO x VALUES ($$a$$); DELETE FORM x", "did you mean FROM?"],
  ])("%s", async (text, label) => {
    expect((await explained(text)).label).toBe(label);
  });

  // pgsql-ast-parser takes the dollars for an open string and would not come back before the sun burns out.
  it.each(["UNIQUE$$", "UNIQE '$$'", "UNIQE $a$ $$ $a$", "UNIQE $$"])(
    "comes back from %s before many words",
    async (trap) => {
      const text = `CREATE TABLE x (a int ${trap}, ${"b int, ".repeat(60)})`;
      expect(await explained(text)).toBeTypeOf("object");
    },
  );

  it.each(["CREATE TABLE x (a int, b )", "SELECT ((1)", "CREATE TABLE u (id int REFERENCES)"])(
    "invents nothing for %s",
    async (text) => {
      expect(await explained(text)).toEqual({});
    },
  );

  it.each([
    ["SELECT 1;\n\\connect app", "\\connect is a command of psql, not SQL"],
    ["\\restrict abc\nSELECT 1;", "\\restrict is a command of psql, not SQL"],
    ["COPY x FROM stdin;\n1\t2\n\\.\n", "the rows of COPY … FROM stdin are not SQL"],
    ["SELECT 1;\n<<<<<<< HEAD\nSELECT 2;\n=======\n>>>>>>> main", "an unresolved merge conflict"],
    [
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
      "a pointer of Git LFS stands here instead of the file",
    ],
  ])("%j", async (text, message) => {
    expect((await explained(text)).message).toBe(message);
  });

  it.each([
    ["CREATE TABLE x (id int AUTO_INCREMENT)", "AUTO_INCREMENT is MySQL, not PostgreSQL"],
    ["CREATE TABLE `x` (id int)", "` is MySQL, not PostgreSQL"],
    ["CREATE TABLE x (id integer PRIMARY KEY AUTOINCREMENT)", "AUTOINCREMENT is SQLite, not PostgreSQL"],
    [
      "CREATE TABLE {{.prefix}}x (id int)",
      "{{.prefix}} is filled in by a template engine: give Switchback the SQL that reaches the database",
    ],
  ])("%s", async (text, help) => {
    expect((await explained(text)).help).toBe(help);
  });

  it("offers an edit with which the statement parses", async () => {
    const text = "/* 😀 */ SELECT 1; selct * from x;";
    const { mend } = await explained(text);
    if (!mend) throw new Error("no edit");
    expect(text.slice(0, mend.start) + mend.text + text.slice(mend.end)).toBe(
      "/* 😀 */ SELECT 1; select * from x;",
    );
  });
});
