import { defineRule } from "../rule.ts";

/** Reported by the linter itself, from what decoding the bytes found. */
export const unreadableFile = defineRule({
  name: "unreadable-file",
  summary: "The file is not UTF-8 text that PostgreSQL can be sent.",
  why: "PostgreSQL refuses the whole file, or stores other characters than were meant.",
  instead: "Save the file as UTF-8 without a byte order mark and NUL bytes.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  // A byte that is no text cannot stand in an example: test/core/lint/encoding.test.ts shows each.
  examples: { bad: [], good: [{ up: "COMMENT ON SCHEMA public IS 'Größe, 名前, 😀';" }] },
  check: {},
});
