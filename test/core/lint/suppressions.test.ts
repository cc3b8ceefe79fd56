import { describe, expect, it } from "vitest";
import { lintFiles } from "../../support/lint-files.ts";

const table = "CREATE TABLE orders (id bigint PRIMARY KEY, at timestamptz);";
const one = "CREATE INDEX a_idx ON orders (at);";
const two = "CREATE INDEX b_idx ON orders (id);";
const ignore = "-- switchback-ignore require-concurrent-index: the table is small";

/** Which of these rules speak, and on which line. */
async function said(up: string): Promise<string[]> {
  const { findings } = await lintFiles(
    {
      "migrations/1_orders.up.sql": table,
      "migrations/2_index.up.sql": up,
      "migrations/2_index.down.sql": "DROP INDEX a_idx, b_idx;",
    },
    { preset: "recommended" },
  );
  return findings
    .filter(({ rule }) => /^(require-concurrent-index|unused-ignore|malformed-directive)$/.test(rule))
    .map(({ rule, range }) => `${rule}:${range.start.line}`);
}

describe("switchback-ignore", () => {
  it.each([
    ["covers the next statement", `${ignore}\n${one}\n${two}`, ["require-concurrent-index:3"]],
    ["with comments in between", `${ignore}\n-- more\n\n${one}\n${two}`, ["require-concurrent-index:5"]],
    ["covers the statement it trails", `${one} ${ignore}\n${two}`, ["require-concurrent-index:2"]],
    [
      "covers the statement it stands in",
      `${one}\nCREATE INDEX ${ignore}\n b_idx ON orders (id);`,
      ["require-concurrent-index:1"],
    ],
    ["for the whole file", `${one}\n${two}\n${ignore.replace("ignore", "ignore-file")}`, []],
    [
      "says nothing of other rules",
      `${ignore.replace("require-concurrent-index", "missing-up")}\n${one}`,
      ["unused-ignore:1", "require-concurrent-index:2"],
    ],
    [
      "that silences nothing",
      `${one}\n${ignore}\nSELECT 1;`,
      ["require-concurrent-index:1", "unused-ignore:2"],
    ],
    ["at the end of the file", `${one}\n${ignore}`, ["require-concurrent-index:1", "unused-ignore:2"]],
    [
      "without a reason has no effect",
      `-- switchback-ignore require-concurrent-index\n${one}`,
      ["malformed-directive:1", "require-concurrent-index:2"],
    ],
    [
      "of a rule that does not exist",
      `-- switchback-ignore require-concurrent-indx: x\n${one}`,
      ["malformed-directive:1", "require-concurrent-index:2"],
    ],
    [
      "of a rule that is switched off is not unused",
      "-- switchback-ignore file-name-style: x\nSELECT 1;",
      [],
    ],
    ["works with CRLF", `${ignore}\r\n${one}\r\n${two}`, ["require-concurrent-index:3"]],
  ])("%s", async (_name, up, expected) => {
    expect(await said(up)).toEqual(expected);
  });

  it("covers a finding about the whole file from its first line", async () => {
    const { findings } = await lintFiles({
      "migrations/1_a.up.sql": "-- switchback-ignore missing-down: the old service owns the table\nSELECT 1;",
    });
    expect(findings.map(({ rule }) => rule)).toEqual([]);
  });
});
