import { describe, expect, it } from "vitest";
import { directivesIn } from "#core/migration/directives.ts";

describe("directivesIn", () => {
  it.each([
    [
      "-- switchback: irreversible the rows are gone",
      { kind: "declare", what: "irreversible", reason: "the rows are gone" },
    ],
    ["--switchback: lossy precision", { kind: "declare", what: "lossy", reason: "precision" }],
    [
      "-- switchback-ignore drop-column: unused since 2.0, see: wiki",
      { kind: "ignore", scope: "statement", rule: "drop-column", reason: "unused since 2.0, see: wiki" },
    ],
    [
      "-- switchback-ignore-file drop-column: legacy",
      { kind: "ignore", scope: "file", rule: "drop-column", reason: "legacy" },
    ],
  ])("reads %s", (comment, directive) => {
    const text = `SELECT 'x'; ${comment}\r\nSELECT 1;`;
    expect(directivesIn(text)).toEqual([{ ...directive, start: 12, end: 12 + comment.length }]);
  });

  it.each([
    "-- switchback: irreversible",
    "-- switchback: reversible yes",
    "-- switchback-disable drop-column: x",
    "-- switchback-ignore drop-column",
    "-- switchback-ignore drop-column:",
    "-- switchback-ignore: legacy",
    "-- switchback-ignore a, b: legacy",
    "-- switchback-ignore-next drop-column: x",
    "-- Switchback: irreversible x",
    "/* switchback-ignore drop-column: x */",
  ])("refuses %s", (comment) => {
    expect(directivesIn(comment)).toMatchObject([{ kind: "malformed" }]);
  });

  it.each([
    [
      "-- switchback: irreversibel the rows are gone",
      "write\n  -- switchback: irreversible the rows are gone",
    ],
    ["-- switchback: lossy", "write\n  -- switchback: lossy <reason>"],
    ["-- switchback-ignore drop-column", "write\n  -- switchback-ignore drop-column: <reason>"],
  ])("says how %s is written", (comment, help) => {
    expect(directivesIn(comment)).toMatchObject([{ help }]);
  });

  it.each([
    "-- switchback checks this",
    "-- see switchback-ignore in the manual",
    "SELECT '-- switchback: irreversible x'",
    "SELECT $$ -- switchback-ignore a: b $$",
    "SELECT 1",
  ])("leaves %s alone", (text) => {
    expect(directivesIn(text)).toEqual([]);
  });
});
