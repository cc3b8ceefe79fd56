import { defineRule } from "../rule.ts";

export const missingUp = defineRule({
  name: "missing-up",
  summary: "A migration has a down but no up.",
  why: "The runner runs the down on the way back although nothing was done on the way there.",
  instead: "Restore the up, correct its version if it was meant for another, or delete the down.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  examples: {
    bad: [{ up: "", down: "DROP TABLE users;", files: ["000001_users.down.sql"] }],
    good: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);",
        down: "DROP TABLE users;",
        files: ["000001_users.up.sql", "000001_users.down.sql"],
      },
    ],
  },
  check: {
    folder({ folder, report }) {
      for (const migration of folder.migrations) {
        const { up, down, version, title } = migration;
        if (up || !down || migration.declarations.irreversible !== undefined) continue;
        report([down.file], {
          migration,
          message: `${migration.name} has a down but no up`,
          help:
            folder.layout.downs === "section"
              ? "write the up above it, or delete the file"
              : `write ${folder.layout.fileName(version, title, "up")}, or delete the down`,
        });
      }
    },
  },
});
