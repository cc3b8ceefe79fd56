import { beforeAll, describe, expect, it } from "vitest";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { tokens } from "#core/sql/tokens.ts";
import { corpusFiles } from "../../support/corpus-files.ts";

beforeAll(loadParser);

/** `«…»` marks what the statements' ranges must be. */
function marked(sql: string): { text: string; ranges: string[] } {
  const ranges = [...sql.matchAll(/«([^»]*)»/g)].map(([, range = ""]) => range);
  return { text: sql.replace(/[«»]/g, ""), ranges };
}

describe("ranges of statements", () => {
  it.each([
    ["one statement", "«SELECT 1»;"],
    ["no final semicolon", "«SELECT 1»\n"],
    ["comments around", "-- a\n/* b */ «SELECT 1» -- c\n; -- d\n"],
    ["a comment that ends the text without a semicolon", "«SELECT 1» -- é"],
    ["a block comment at the end", "«SELECT 1» /* /* nested */ */"],
    ["two dashes inside a string at the end", "«SELECT '--'»"],
    ["a comment's end inside a string at the end", "«SELECT 'x */'»"],
    ["comments inside", "«SELECT /* ; */ 1 -- ;\n  , 2»;"],
    ["empty statements", ";; «SELECT 1»;;\n;«SELECT 2»;"],
    ["CRLF", "-- x\r\n«SELECT 1»;\r\n\r\n«SELECT\r\n 2»\r\n"],
    ["accents", "-- é\n«SELECT 'é'»; /* ü */ «SELECT 'ß' AS \"Größe\"»;"],
    ["emoji", "/* 😀😀 */ «SELECT '😀'»;«SELECT '👩‍👩‍👧'»;\n-- 😀\n«SELECT 1»"],
    ["mixed widths", "«SELECT 'aé漢😀'»; -- aé漢😀\n«SELECT 2»;"],
    ["a semicolon in a dollar-quoted body", "«DO $é$ BEGIN; END; $é$»; «SELECT 1»;"],
    ["BEGIN ATOMIC", "«CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END»; «SELECT 1»"],
  ])("%s", (_name, sql) => {
    const { text, ranges } = marked(sql);
    const parsed = parseSql(text);
    expect(parsed.problem).toBeUndefined();
    expect(parsed.statements.map(({ start, end }) => text.slice(start, end))).toEqual(ranges);
  });

  it.each(["", " \n", "-- nothing", ";", "/* a */ ;"])("finds none in %j", (text) => {
    expect(parseSql(text)).toMatchObject({ statements: [] });
    expect(parseSql(text).problem).toBeUndefined();
  });

  it("maps a location inside of the tree", () => {
    const text = '/* 😀é */ CREATE TABLE größe (a int, "ß" text)';
    const bytes = new TextEncoder();
    for (const offset of [text.indexOf("größe"), text.indexOf('"ß"')]) {
      expect(parseSql(text).offsetAt(bytes.encode(text.slice(0, offset)).length)).toBe(offset);
    }
  });
});

describe("syntax errors", () => {
  it.each([
    ["in ASCII", "SELECT 1; «SELEC» 2;"],
    ["after accents", "-- é\nSELECT 'é'; «SELEC» 2;"],
    ["after emoji", "/* 😀😀 */ «SELEC» 2;"],
    ["on a word with accents", "«Größe» 2;"],
    ["on an emoji", "«😀» 2;"],
    ["after CRLF", "SELECT 1;\r\n«SELEC» 2;"],
    ["at the end of input", "SELECT 1 FRO«M» \n"],
    ["an open string, to the end of its line", "SELECT «'abc»\nand more"],
    ["NUL", "SELECT 1;«\0» SELECT"],
  ])("%s", (_name, sql) => {
    const { text, ranges } = marked(sql);
    const { problem, statements } = parseSql(text);
    expect(statements).toEqual([]);
    expect(text.slice(problem?.start, problem?.end)).toBe(ranges[0]);
  });

  it("survives nesting that exhausts the parser", () => {
    const deep = `SELECT ${"(".repeat(50_000)}1${")".repeat(50_000)}`;
    expect(parseSql(deep).problem?.message).toMatch(/memory|stack|parser/);
    expect(parseSql("SELECT 1").statements).toHaveLength(1);
  });
});

describe.skipIf(!process.env.SWITCHBACK_CORPUS)("on the real folders (SWITCHBACK_CORPUS)", () => {
  it("cuts every statement exactly: it begins and ends with code, and parses alone as the same kind", () => {
    const wrong: string[] = [];
    let statements = 0;
    for (const { path, text } of corpusFiles()) {
      for (const { start, end, kind } of parseSql(text).statements) {
        statements += 1;
        const sql = text.slice(start, end);
        const code = [...tokens(sql)];
        const [first, last] = [code[0], code.at(-1)];
        const again = parseSql(sql);
        const exact =
          first?.start === 0 &&
          !first.kind.endsWith("comment") &&
          last?.end === sql.length &&
          !last.kind.endsWith("comment") &&
          again.statements.length === 1 &&
          again.statements[0]?.kind === kind;
        if (!exact) wrong.push(`${path}: ${sql.slice(0, 80)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(statements).toBeGreaterThan(10_000);
  });

  it("maps bytes as the plain way of counting does, on every non-ASCII file", () => {
    const encoder = new TextEncoder();
    for (const { path, text } of corpusFiles()) {
      if (!/[^\0-\x7f]/.test(text)) continue;
      const { offsetAt } = parseSql(text);
      let byte = 0;
      let offset = 0;
      for (const character of text) {
        if (offsetAt(byte) !== offset)
          expect.fail(`${path}: byte ${byte} is ${offset}, not ${offsetAt(byte)}`);
        byte += encoder.encode(character).length;
        offset += character.length;
      }
    }
  });
});
