import { expect, it } from "vitest";
import { sameStatements } from "#core/history/same-statements.ts";

const body = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\nSELECT 1\n$$;\n";

it.each([
  ["a comment", `-- new\n${body}`, true],
  ["white space", body.replace(" RETURNS", "\n  RETURNS"), true],
  // What git stored with \n, it checks out with \r\n on Windows.
  ["line ends, also in a body", body.replaceAll("\n", "\r\n"), true],
  ["a line of the body", body.replace("\nSELECT", "\n\nSELECT"), false],
])("%s", (_, after, same) => {
  expect(sameStatements(body, after)).toBe(same);
});
