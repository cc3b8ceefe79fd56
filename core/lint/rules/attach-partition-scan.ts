import { commandRanges, type TextRange } from "../facts/command-ranges.ts";
import { existingTable } from "../facts/existing-table.ts";
import { defineRule, type Example, type StatementContext } from "../rule.ts";

const down = "ALTER TABLE events DETACH PARTITION events_2020;";
const parent = "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);";
const attach =
  "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');";

/** One more table, `events_2020`, and then the usual ATTACH. */
function attaching(history: string, note: string): Example {
  return { before: `${parent}\n${history}`, up: attach, down, note };
}

export const attachPartitionScan = defineRule({
  name: "attach-partition-scan",
  summary: "A new partition for which rows are read that no valid CHECK vouches for.",
  why: "PostgreSQL goes through every row to see that it fits the bound, and nobody reads or writes the table meanwhile.",
  instead: `Prove the bound beforehand, in files of their own; the attachment then looks at no row:

\`\`\`sql
ALTER TABLE events_2020 ADD CONSTRAINT events_2020_bound
  CHECK (at IS NOT NULL AND at >= '2020-01-01' AND at < '2021-01-01') NOT VALID;
-- next migration
ALTER TABLE events_2020 VALIDATE CONSTRAINT events_2020_bound;
-- and then
ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
ALTER TABLE events_2020 DROP CONSTRAINT events_2020_bound;
\`\`\`

Build the indexes of the partitioned table on it as well, or the attachment builds them under the same lock.`,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "The attached table and the default partition are locked with ACCESS EXCLUSIVE and read, unless their CHECKs prove that all rows fit; the key must be NOT NULL or the CHECK say so. The partitioned table itself is locked with SHARE UPDATE EXCLUSIVE since 12, with ACCESS EXCLUSIVE before (manual, ALTER TABLE).",
  examples: {
    bad: [
      attaching("CREATE TABLE events_2020 (at date NOT NULL);", "Nothing is known of its rows."),
      attaching(
        "CREATE TABLE events_2020 (at date, CHECK (at >= '2020-01-01' AND at < '2021-01-01'));\nALTER TABLE events ALTER COLUMN at DROP NOT NULL;",
        "The key may be NULL, which the CHECK lets pass.",
      ),
      attaching(
        "CREATE TABLE events_2020 (at date NOT NULL, CHECK (at >= '2020-01-01' AND at < '2021-01-01'));\nCREATE TABLE rest PARTITION OF events DEFAULT;",
        "The rows of the default partition are read too.",
      ),
      {
        before: `${parent}\nCREATE TABLE rest PARTITION OF events DEFAULT;`,
        up: "CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        down: "DROP TABLE events_2020;",
        note: "The rows of the default partition are read: one may belong to the new one.",
      },
    ],
    good: [
      attaching(
        "CREATE TABLE events_2020 (at date NOT NULL, CHECK (at >= '2020-01-01' AND at < '2021-01-01'));",
        "The CHECK proves it.",
      ),
      attaching(
        "CREATE TABLE events_2020 (at date NOT NULL, CHECK (at >= '2020-01-01' AND at < '2021-01-01'));\nCREATE TABLE rest PARTITION OF events DEFAULT;\nALTER TABLE rest ADD CHECK (at >= '2021-01-01');",
        "And another one for the default partition.",
      ),
      {
        before: parent,
        up: `CREATE TABLE events_2020 (LIKE events);\n${attach}`,
        down: "DROP TABLE events_2020;",
        note: "The table is new.",
      },
      {
        before: `${parent}\nCREATE TABLE rest PARTITION OF events DEFAULT;\nALTER TABLE rest ADD CHECK (at >= '2021-01-01');`,
        up: "CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        down: "DROP TABLE events_2020;",
        note: "A CHECK of the default partition says that it holds no such row.",
      },
    ],
  },
  kinds: ["AlterTableStmt", "CreateStmt"],
  check: {
    statement(context) {
      const { statement, outcome, parsed } = context;
      if (outcome.failure) return;
      if ("CreateStmt" in statement.node) {
        // The partition itself is empty: what is read is the default partition.
        const names = scannedBy(context, undefined);
        if (names.length > 0) reportScan(context, names, "a new partition", statement);
        return;
      }
      if (!("AlterTableStmt" in statement.node)) return;
      const commands = statement.node.AlterTableStmt.cmds ?? [];
      for (const [index, node] of commands.entries()) {
        if (!("AlterTableCmd" in node) || node.AlterTableCmd.subtype !== "AT_AttachPartition") continue;
        const names = scannedBy(context, index);
        const whole = { start: statement.start, end: statement.end };
        const range = commandRanges(parsed.text, statement, commands.length)?.[index] ?? whole;
        if (names.length > 0) reportScan(context, names, "attaching", range);
      }
    },
  },
});

function scannedBy(context: StatementContext, command: number | undefined): string[] {
  return context.outcome.locks.flatMap((lock) => {
    if (!lock.scan || lock.command !== command) return [];
    return existingTable(context, lock.key)?.name ?? [];
  });
}

function reportScan(
  { report }: StatementContext,
  tables: readonly string[],
  what: string,
  { start, end }: TextRange,
): void {
  const names = tables.join(" and ");
  report({
    start,
    end,
    message: `${what} goes through every row of ${names} and blocks reads and writes of it meanwhile`,
    label: `takes ACCESS EXCLUSIVE on ${names}`,
    help: `let a CHECK prove the bound beforehand\n  ALTER TABLE ${tables[0]} ADD CONSTRAINT … CHECK (…) NOT VALID;\n  ALTER TABLE ${tables[0]} VALIDATE CONSTRAINT …; -- in a later migration`,
  });
}
