import type { AlterTableCmd, PartitionBoundSpec } from "@pgsql/types";
import { keyOf } from "../../catalog/model.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { commandRanges, type TextRange } from "../facts/command-ranges.ts";
import { type ExistingTable, existingTable } from "../facts/existing-table.ts";
import {
  boundCondition,
  boundSteps,
  type MissingPart,
  missingParts,
  partSteps,
  restCondition,
} from "../help/attach-steps.ts";
import { enumerate } from "../help/enumerate.ts";
import { steps } from "../help/steps.ts";
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
  summary: "A new partition for which rows are read, for its bound, an index or a foreign key.",
  why: "PostgreSQL goes through every row to see that it fits the bound, builds the indexes that the partition lacks and looks up its foreign keys, and nobody reads or writes the table meanwhile.",
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

Build the indexes of the partitioned table on it as well (\`CREATE INDEX CONCURRENTLY\`), and add and validate its
foreign keys: the attachment takes what is there, and makes the rest under the same lock.`,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "The attached table and the default partition are locked with ACCESS EXCLUSIVE and read, unless their CHECKs prove that all rows fit; the key must be NOT NULL or the CHECK say so. The partitioned table itself is locked with SHARE UPDATE EXCLUSIVE since 12, with ACCESS EXCLUSIVE before. Indexes, keys and valid foreign keys like those of the whole are taken, others are made (manual, ALTER TABLE). For a foreign key the referenced table is locked with SHARE ROW EXCLUSIVE, with ACCESS EXCLUSIVE for a moment where one is taken.",
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
      attaching(
        "CREATE TABLE events_2020 (at date NOT NULL, CHECK (at >= '2020-01-01' AND at < '2021-01-01'));\nCREATE INDEX events_at_idx ON events (at);",
        "The bound is proved, but the index of the partitioned table is built on it.",
      ),
      attaching(
        "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE events ADD COLUMN user_id bigint REFERENCES users (id);\nCREATE TABLE events_2020 (at date NOT NULL, user_id bigint, CHECK (at >= '2020-01-01' AND at < '2021-01-01'));",
        "And its foreign key has every row looked up.",
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
        "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE events ADD COLUMN user_id bigint REFERENCES users (id);\nCREATE INDEX events_at_idx ON events (at);\nCREATE TABLE events_2020 (at date NOT NULL, user_id bigint REFERENCES users (id), CHECK (at >= '2020-01-01' AND at < '2021-01-01'));\nCREATE INDEX events_2020_at_idx ON events_2020 (at);",
        "The index and the foreign key are there already, and are taken.",
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
        const scanned = scannedBy(context, undefined);
        if (scanned.length > 0) reportNew(context, scanned, statement.node.CreateStmt.partbound);
        return;
      }
      if (!("AlterTableStmt" in statement.node)) return;
      const commands = statement.node.AlterTableStmt.cmds ?? [];
      for (const [index, node] of commands.entries()) {
        if (!("AlterTableCmd" in node) || node.AlterTableCmd.subtype !== "AT_AttachPartition") continue;
        const scanned = scannedBy(context, index);
        const whole = { start: statement.start, end: statement.end };
        const range = commandRanges(parsed.text, statement, commands.length)?.[index] ?? whole;
        if (scanned.length > 0)
          reportAttached(context, { scanned, index, range, def: node.AlterTableCmd.def });
      }
    },
  },
});

interface Scanned extends ExistingTable {
  /** Nothing vouches that its rows fit the bound. */
  readonly unproved: boolean;
}

function scannedBy(context: StatementContext, command: number | undefined): Scanned[] {
  return context.outcome.locks.flatMap((lock) => {
    if (!lock.scan || lock.command !== command) return [];
    const table = existingTable(context, lock.key);
    return table ? [{ ...table, unproved: lock.unproved === true }] : [];
  });
}

function reportNew(
  context: StatementContext,
  scanned: readonly Scanned[],
  bound: PartitionBoundSpec | undefined,
): void {
  const { statement, report } = context;
  const names = enumerate(scanned.map(({ name }) => name));
  report({
    start: statement.start,
    end: statement.end,
    message: `a new partition goes through every row of ${names} and blocks reads and writes of it meanwhile`,
    label: `takes ACCESS EXCLUSIVE on ${names}`,
    help: steps(
      ...scanned.flatMap((table) => boundSteps(context, table, conditionOf(context, table, bound))),
    ),
  });
}

/** What a CHECK is to say of the rows: that they fit the bound, or of the default partition that they do not. */
function conditionOf(
  { after }: StatementContext,
  { key }: Scanned,
  bound: PartitionBoundSpec | undefined,
): string | undefined {
  const table = after.at(key);
  const whole = table?.kind === "table" ? after.at(`table ${table.attributes.partitionOf}`) : undefined;
  if (!bound || table?.kind !== "table" || whole?.kind !== "table") return undefined;
  return (table.attributes.partitionBound === "DEFAULT" ? restCondition : boundCondition)(whole, bound);
}

interface Attached {
  readonly scanned: readonly Scanned[];
  /** Of the subcommand, 0-based. */
  readonly index: number;
  readonly range: TextRange;
  readonly def: AlterTableCmd["def"];
}

function reportAttached(context: StatementContext, { scanned, index, range, def }: Attached): void {
  const keys = new Set<string>(scanned.map(({ key }) => key));
  const parts = missingParts(context, index).filter(({ table }) => keys.has(keyOf("table", table.name)));
  const names = enumerate(scanned.map(({ name }) => name));
  const unproved = scanned.filter((table) => table.unproved);
  const bound = def && "PartitionCmd" in def ? def.PartitionCmd.bound : undefined;
  const work = [
    ...(unproved.length > 0
      ? [`goes through every row of ${enumerate(unproved.map(({ name }) => name))}`]
      : []),
    ...buildWords(parts),
  ];
  const them = unproved.length === 1 && parts.length === 0 ? "it" : names;
  context.report({
    ...range,
    message: `attaching ${work.join(", ")} and blocks reads and writes of ${them} meanwhile`,
    label: `takes ACCESS EXCLUSIVE on ${names}`,
    help: steps(
      ...unproved.flatMap((table) => boundSteps(context, table, conditionOf(context, table, bound))),
      ...parts.flatMap((part) => partSteps(context, part)),
    ),
  });
}

function buildWords(parts: readonly MissingPart[]): string[] {
  const named = (kind: MissingPart["object"]["kind"]) =>
    parts.flatMap(({ object }) => (object.kind === kind ? [quoteIdentifier(lastPart(object.name))] : []));
  const [indexes, keys] = [named("index"), named("constraint")];
  return [
    ...(indexes.length > 0 ? [`builds ${enumerate(indexes)}`] : []),
    ...(keys.length > 0 ? [`looks up every row for ${enumerate(keys)}`] : []),
  ];
}
