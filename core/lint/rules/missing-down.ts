import { defineRule } from "../rule.ts";

export const missingDown = defineRule({
  name: "missing-down",
  summary: "A migration has an up but no down.",
  why: "Once it is applied there is no way back: the runner stops at this version.",
  instead: `Write the down beside it. Where there is no way back by nature, say so in the up:

\`\`\`sql
-- switchback: irreversible the old rows are gone
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  examples: {
    bad: [{ up: "CREATE TABLE users (id bigint PRIMARY KEY);", files: ["000001_users.up.sql"] }],
    good: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);",
        down: "DROP TABLE users;",
        files: ["000001_users.up.sql", "000001_users.down.sql"],
      },
      {
        up: "-- switchback: irreversible nobody can tell which rows were merged\nSELECT 1;",
        files: ["000001_merge_users.up.sql"],
      },
    ],
  },
  check: {
    folder({ folder, report }) {
      const { layout, migrations } = folder;
      if (layout.downs === "none") return;
      for (const migration of migrations) {
        if (layout.expectsDown?.(migration, migrations) === false) continue;
        const { up, down, declarations, version, title } = migration;
        if (!up || down || declarations.irreversible !== undefined) continue;
        const name = layout.fileName(version, title, "down");
        report([up.file], {
          migration,
          message: `${migration.name} has no down`,
          help:
            layout.downs === "file"
              ? `write ${name}, or declare in the up\n  -- switchback: irreversible <reason>`
              : "write the down, or declare\n  -- switchback: irreversible <reason>",
        });
      }
    },
  },
});
