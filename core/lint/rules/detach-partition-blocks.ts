import { tableCommands } from "../facts/table-command.ts";
import { relationName } from "../help/relation-name.ts";
import { defineRule } from "../rule.ts";

export const detachPartitionBlocks = defineRule({
  name: "detach-partition-blocks",
  summary: "DETACH PARTITION without CONCURRENTLY.",
  why: "It waits for every query on the partitioned table to end, and all new ones wait behind it.",
  instead: `Detach it beside the running queries, alone in its file:

\`\`\`sql
ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "DETACH PARTITION takes ACCESS EXCLUSIVE on the parent, with CONCURRENTLY (since 14) SHARE UPDATE EXCLUSIVE. CONCURRENTLY cannot run in a transaction, nor where there is a default partition (manual, ALTER TABLE).",
  alsoKnownAs: { pgfence: "detach-partition" },
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "-- switchback: irreversible it is archived\nALTER TABLE events DETACH PARTITION events_2020;",
      },
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "ALTER TABLE events DETACH PARTITION events_2020;",
        down: "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
      },
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "SELECT 1;\nALTER TABLE events DETACH PARTITION events_2020;",
        down: "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        note: "Not alone in its file: no fix.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;",
        down: "ALTER TABLE events ATTACH PARTITION events_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
      },
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "ALTER TABLE events DETACH PARTITION events_2020;",
        down: "SELECT 1;",
        postgres: 13,
        note: "CONCURRENTLY came with 14.",
      },
      {
        before:
          "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE rest PARTITION OF events DEFAULT;\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        up: "ALTER TABLE events DETACH PARTITION events_2020;",
        down: "SELECT 1;",
        note: "Not possible with a default partition.",
      },
    ],
  },
  check: {
    statement(context) {
      const { catalog, migration, parsed, postgres, script, statement, transaction, report } = context;
      if (postgres < 14) return;
      for (const found of tableCommands(context)) {
        const { command, table } = found;
        if (command.subtype !== "AT_DetachPartition" || !command.def || !("PartitionCmd" in command.def))
          continue;
        if (command.def.PartitionCmd.concurrent) continue;
        const full = table.key.slice("table ".length);
        const hasDefault = [...catalog.objects()].some(
          (object) =>
            object.kind === "table" &&
            object.attributes.partitionOf === full &&
            object.attributes.partitionBound === "DEFAULT",
        );
        if (hasDefault) continue;
        const partition = relationName(command.def.PartitionCmd.name ?? {});
        // A down would have to drop the CHECK as well.
        const alone =
          migration.down === undefined && transaction.kind === "none" && parsed.statements.length === 1;
        report({
          ...found.place,
          message: `detaching ${partition} blocks reads and writes of ${table.name}`,
          label: `takes ACCESS EXCLUSIVE on ${table.name}`,
          help: "detach it CONCURRENTLY, alone in its file; its bound then stays with it as a CHECK, which the down is to drop",
          ...(alone && {
            fix: {
              title: "Detach with CONCURRENTLY",
              edits: [
                {
                  kind: "replace",
                  file: script.file.path,
                  start: statement.end,
                  end: statement.end,
                  text: " CONCURRENTLY",
                },
              ],
            },
          }),
        });
      }
    },
  },
});
