import { describe, expect, it } from "vitest";
import type { Finding } from "#core/report/model.ts";
import { whileTyping } from "../../extension/src/surfaces/while-typing.ts";

const at = (line: number, rule: string, message = rule, file = "1.up.sql"): Finding => ({
  rule,
  severity: "error",
  message,
  file,
  range: { start: { line, column: 1 }, end: { line, column: 9 } },
});

describe("what is shown while somebody types", () => {
  it.each<[string, Finding[], Finding[], Finding[] | undefined]>([
    ["nothing that is new", [], [at(1, "delete-all-rows")], []],
    [
      "what was shown, where it stands by now",
      [at(1, "drop-table")],
      [at(3, "drop-table")],
      [at(3, "drop-table")],
    ],
    ["nothing that is gone", [at(1, "drop-table")], [], []],
    [
      "one of two of a kind, where one of them is new",
      [at(1, "drop-table")],
      [at(1, "drop-table"), at(2, "drop-table")],
      [at(1, "drop-table")],
    ],
    [
      "what is said of another name only after a pause",
      [at(1, "drop-table", "no table u")],
      [at(1, "drop-table", "no table us")],
      [],
    ],
    [
      "what counts one more",
      [at(1, "file-name", "so with 2 more")],
      [at(1, "file-name", "so with 3 more")],
      [at(1, "file-name", "so with 3 more")],
    ],
    [
      "all as it was, once the statement is broken",
      [at(1, "drop-table")],
      [at(2, "syntax-error", "near x")],
      undefined,
    ],
    [
      "a syntax error that was shown, until it is gone",
      [at(1, "syntax-error", "near x"), at(3, "drop-table")],
      [at(1, "syntax-error", "near xy"), at(3, "drop-table")],
      [at(1, "syntax-error", "near xy"), at(3, "drop-table")],
    ],
    [
      "all as it was, when another file is broken as well",
      [at(1, "syntax-error")],
      [at(1, "syntax-error"), at(1, "syntax-error", "near x", "1.down.sql")],
      undefined,
    ],
  ])("%s", (_, shown, found, showing) => {
    expect(whileTyping(shown, found)).toEqual(showing);
  });
});
