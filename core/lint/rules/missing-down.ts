import type { Layout } from "../../migration/layout/layout.ts";
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
        const declared = declarations.irreversible !== undefined;
        if (!up || down || (declared && !layout.needsDown)) continue;
        report([up.file], {
          migration,
          message: `${migration.name} has no down${layout.needsDown ? `, and ${layout.name} refuses the file` : ""}`,
          help: declared
            ? `end the file with a line ${layout.downMarker}; nothing has to stand below it`
            : `${wayOut(layout, layout.fileName(version, title, "down"))}\n  -- switchback: irreversible <reason>`,
        });
      }
    },
  },
});

function wayOut({ downs, downMarker, needsDown }: Layout, name: string): string {
  if (downs === "file") return `write ${name}, or declare in the up`;
  if (!needsDown) return "write the down, or declare";
  return `write the down below a line ${downMarker}; where there is no way back, leave it empty and declare`;
}
