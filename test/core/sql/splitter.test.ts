import { describe, expect, it } from "vitest";
import { splitStatements } from "#core/sql/splitter.ts";
import { tokens } from "#core/sql/tokens.ts";

describe("splitStatements", () => {
  it.each([
    ["a; b", ["a", "b"]],
    ["-- a;\nb;/* c; */ d", ["b", "d"]],
    ["';' ; \";\" ; $$;$$ ; $x$;$$;$x$", ["';'", '";"', "$$;$$", "$x$;$$;$x$"]],
    ["E'\\';' ; 'it''s;'", ["E'\\';'", "'it''s;'"]],
    ["a$b$;c$b$", ["a$b$", "c$b$"]],
    ["CREATE TABLE x (a int; SELECT 1;", ["CREATE TABLE x (a int", "SELECT 1"]],
    [
      "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3",
      ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"],
    ],
    [
      "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 1; END; SELECT 2",
      [
        "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 1; END",
        "SELECT 2",
      ],
    ],
    ["SELECT 'open; and on", ["SELECT 'open; and on"]],
  ])("%s", (text, pieces) => {
    expect(splitStatements(text).map(({ start, end }) => text.slice(start, end))).toEqual(pieces);
  });
});

describe("tokens", () => {
  it.each([
    ["/* a /* b */ c */ d", ["block-comment", "word"]],
    ["/* open", ["block-comment"]],
    ["a--b\rc", ["word", "line-comment", "word"]],
    ["e'x\\'y' z", ["string", "word"]],
    ["U&'x' 1.5e3 größe 😀", ["word", "symbol", "string", "word", "word", "word"]],
    ["$1 $$x$$", ["symbol", "word", "string"]],
  ])("%s", (text, kinds) => {
    expect([...tokens(text)].map(({ kind }) => kind)).toEqual(kinds);
  });
});
