import { defineRule } from "../rule.ts";

/** Reported by the linter itself, which reads the comments of each file once. */
export const malformedDirective = defineRule({
  name: "malformed-directive",
  summary: "A comment for Switchback is misspelt, lacks its reason, or names a rule that does not exist.",
  why: "The comment has no effect, although whoever reads it believes that it has.",
  instead: `Exactly these forms exist, each on a line of its own or after a statement:

\`\`\`sql
-- switchback: irreversible <reason>
-- switchback: lossy <reason>
-- switchback-ignore <rule>: <reason>
-- switchback-ignore-file <rule>: <reason>
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  examples: {
    bad: [
      { up: "-- switchback-disable syntax-error: legacy\nCREATE TABLE users (id bigint PRIMARY KEY);" },
      { up: "-- switchback-ignore syntax-error\nCREATE TABLE users (id bigint PRIMARY KEY);" },
      { up: "-- switchback-ignore sintax-error: legacy\nCREATE TABLE users (id bigint PRIMARY KEY);" },
    ],
    good: [
      {
        up: "-- switchback: irreversible the old rows are gone\nTRUNCATE audit_log;",
        before: "CREATE TABLE audit_log (id bigint PRIMARY KEY);",
      },
      { up: "-- Switchback proves this file.\nCREATE TABLE users (id bigint PRIMARY KEY);" },
    ],
  },
  check: {},
});
