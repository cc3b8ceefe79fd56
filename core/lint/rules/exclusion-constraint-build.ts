import { tableCommands } from "../facts/table-command.ts";
import { createdConstraint } from "../help/created-constraint.ts";
import { noIndexBefore } from "../help/no-index-before.ts";
import { defineRule } from "../rule.ts";

export const exclusionConstraintBuild = defineRule({
  name: "exclusion-constraint-build",
  summary: "An exclusion constraint on an existing table.",
  why: "Its index is built under ACCESS EXCLUSIVE, and there is no way to build it beforehand: nobody reads or writes the table until it is done.",
  instead:
    "Declare it when the table is created. For a large table make a new one with the constraint, copy the rows in batches while a trigger keeps both alike, and swap their names; for a small one set a lock_timeout and choose a quiet hour.",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "ADD EXCLUDE takes ACCESS EXCLUSIVE; neither NOT VALID nor USING INDEX is possible (manual, ALTER TABLE).",
  alsoKnownAs: { eugene: "E8", strong_migrations: "add_exclusion_constraint" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange);",
        up: "ALTER TABLE bookings ADD CONSTRAINT bookings_during_excl EXCLUDE USING gist (during WITH &&);",
        down: "ALTER TABLE bookings DROP CONSTRAINT bookings_during_excl;",
      },
      {
        before:
          "CREATE SCHEMA hotel;\nCREATE TABLE hotel.bookings (id bigint PRIMARY KEY, during tstzrange);",
        up: "ALTER TABLE hotel.bookings ADD EXCLUDE USING gist (during WITH &&);",
        down: "ALTER TABLE hotel.bookings DROP CONSTRAINT bookings_during_excl;",
      },
    ],
    good: [
      {
        up: "CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange, EXCLUDE USING gist (during WITH &&));",
        down: "DROP TABLE bookings;",
      },
      {
        up: "CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange);\nALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&);",
        down: "DROP TABLE bookings;",
        note: "The table is new.",
      },
      {
        up: "CREATE TEMP TABLE bookings (during tstzrange);\nALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&);",
        down: "SELECT 1;",
        note: "Nobody else sees a temporary table.",
      },
    ],
  },
  kinds: ["AlterTableStmt"],
  check: {
    statement(context) {
      for (const found of tableCommands(context)) {
        const { def } = found.command;
        if (!def || !("Constraint" in def) || def.Constraint.contype !== "CONSTR_EXCLUSION") continue;
        if (!found.lock.scan) continue;
        const { table, place } = found;
        const name = createdConstraint(context, found);
        context.report({
          ...place,
          message: `the exclusion constraint${name === undefined ? "" : ` ${name}`} blocks reads and writes of ${table.name} while its index is built`,
          label: `takes ACCESS EXCLUSIVE on ${table.name} until the build is done`,
          help: noIndexBefore,
        });
      }
    },
  },
});
