import { plainName } from "../../catalog/plain-name.ts";
import { notAgain } from "../../report/verdict-words.ts";
import { oneLine } from "../../sql/one-line.ts";
import { isFollowed } from "../facts/sure-failure.ts";
import { addsOnce, againIfNotExists } from "../help/again-if-not-exists.ts";
import { defineRule, type MigrationContext } from "../rule.ts";

export const enumValueStays = defineRule({
  name: "enum-value-stays",
  summary: "The up adds an enum value, and the down leaves it in the type.",
  why: "PostgreSQL has no DROP VALUE. After the rollback the value can still be written, and going up again fails unless the up says IF NOT EXISTS.",
  instead: `Say that it stays, and let the up be run again:

\`\`\`sql
-- up
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy';
-- down
-- switchback: irreversible enum values cannot be removed
\`\`\`

To remove it for good, build the type anew without the value and move every column to it, as \`switchback down <version>\` proposes. That rewrites their tables under ACCESS EXCLUSIVE, and fails while a row holds the value.`,
  severity: "info",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "There is no ALTER TYPE … DROP VALUE (manual, ALTER TYPE). An empty down is for empty-down to tell. Where the proof sees the second up fail, the finding is an error.",
  directions: ["down"],
  examples: {
    bad: [
      {
        before: "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE t (id int);",
        up: "ALTER TYPE mood ADD VALUE 'happy';",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE t (id int);",
        up: "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy';\nALTER TABLE t ADD COLUMN more int;",
        down: "ALTER TABLE t DROP COLUMN more;",
      },
    ],
    good: [
      {
        before: "CREATE TYPE mood AS ENUM ('sad');",
        up: "ALTER TYPE mood ADD VALUE 'happy';",
        down: "-- switchback: irreversible enum values cannot be removed",
      },
      {
        before: "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE t (m mood);",
        up: "ALTER TYPE mood ADD VALUE 'happy';",
        down: "CREATE TYPE mood_old AS ENUM ('sad');\nALTER TABLE t ALTER COLUMN m TYPE mood_old USING m::text::mood_old;\nDROP TYPE mood;\nALTER TYPE mood_old RENAME TO mood;",
        note: "The down makes the type anew.",
      },
      {
        up: "CREATE TYPE mood AS ENUM ('sad');\nALTER TYPE mood ADD VALUE 'happy';",
        down: "DROP TYPE mood;",
        note: "The up created the type.",
      },
    ],
  },
  check: { migration },
});

function migration(context: MigrationContext): void {
  const { up, down, start, catalog } = context;
  if (!up || !down || down.steps.length === 0 || !isFollowed(context)) return;
  for (const { statement, outcome } of up.steps) {
    if (!("AlterEnumStmt" in statement.node) || statement.node.AlterEnumStmt.oldVal) continue;
    const value = statement.node.AlterEnumStmt.newVal ?? "";
    const key = outcome.effects.find((effect) => effect.action === "alter")?.key;
    const [before, after] = key ? [catalog.atSavepoint(start, key), catalog.at(key)] : [];
    if (before?.kind !== "type" || after?.kind !== "type") continue;
    if (before.attributes.labels?.includes(value) || !after.attributes.labels?.includes(value)) continue;
    const { start: from, end } = statement;
    const anew = `or build the type anew, as switchback down ${context.migration.version} proposes`;
    const name = plainName(after.name);
    const again = againIfNotExists(oneLine(up.parsed.text.slice(from, end)));
    context.report(up.script, {
      start: from,
      end,
      message: addsOnce(statement)
        ? `PostgreSQL has no DROP VALUE: '${value}' stays in ${name} after the down, ${notAgain}`
        : `the value '${value}' stays in ${name} after the down: PostgreSQL has no DROP VALUE`,
      label: "cannot be taken back",
      help: addsOnce(statement)
        ? `let the up run again\n  ${again};\n${anew}`
        : `say so\n  -- switchback: irreversible enum values cannot be removed\n${anew}`,
    });
  }
}
