import { defineRule } from "../rule.ts";

export const sectionMarker = defineRule({
  name: "section-marker",
  summary:
    "What the runner refuses or reads otherwise than was meant: a section that is not closed or stands in the wrong place, a body that is cut at its semicolons, a file of two kinds of transactions.",
  why: "The runner refuses the file, runs the SQL of the one direction as part of the other, or sends half a statement.",
  instead:
    "Mark the sections as the runner documents them, the up first. goose and sql-migrate end a statement at each line that ends with a semicolon: a function's body stands between StatementBegin and StatementEnd.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  // Only runners with sections in one file have them: the tests of their layouts show each case.
  examples: {
    bad: [],
    good: [{ up: "CREATE TABLE users (id bigint PRIMARY KEY);", down: "DROP TABLE users;" }],
  },
  check: {
    folder({ folder, report }) {
      for (const { file, isRun: _, ...malformed } of folder.malformed ?? []) report([file], malformed);
    },
  },
});
