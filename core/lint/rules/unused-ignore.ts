import { defineRule } from "../rule.ts";

/** Reported by the linter itself, after every other rule has spoken. */
export const unusedIgnore = defineRule({
  name: "unused-ignore",
  summary: "A switchback-ignore comment silences nothing.",
  why: "It hides the next finding of that rule from whoever adds a statement there.",
  instead: "Remove the comment.",
  severity: "info",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  examples: {
    bad: [
      {
        up: "-- switchback-ignore require-concurrent-index: the table is small\nCREATE TABLE users (id bigint PRIMARY KEY);",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "-- switchback-ignore require-concurrent-index: the table is small\nCREATE INDEX users_name_idx ON users (name);",
      },
    ],
  },
  check: {},
});
