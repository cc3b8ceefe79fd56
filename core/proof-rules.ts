import { defineRule, type Rule } from "./lint/rule.ts";

const shared = {
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  // PostgreSQL finds these, not a look at the statements: the examples are folders that the round trip runs.
  examples: { bad: [], good: [] },
  check: {},
} as const satisfies Partial<Rule>;

/** What a round trip finds that no look at the files foresaw. They cannot be switched off: the verdict stands. */
export const proofRules = {
  "up-fails": defineRule({
    ...shared,
    name: "up-fails",
    summary: "PostgreSQL refuses the up, or the runner the file.",
    why: "The migration stops half-way or not at all, and every later one waits for it.",
    instead: "Make the up run on a database that has exactly the migrations before it.",
  }),
  "down-fails": defineRule({
    ...shared,
    name: "down-fails",
    summary: "PostgreSQL refuses the down right after the up.",
    why: "When a rollback is needed, it stops here.",
    instead: "Make the down run on the database that the up leaves behind.",
  }),
  "redo-fails": defineRule({
    ...shared,
    name: "redo-fails",
    summary: "After up and down, going up again fails.",
    why: "Once rolled back, the release cannot be rolled out again.",
    instead: "Let the down take away everything that the up made.",
  }),
  drift: defineRule({
    ...shared,
    name: "drift",
    summary: "After up and down the schema is not what it was before.",
    why: "A database that was rolled back differs from one that never went up, and nobody will know which is which.",
    instead: "Let the down restore what the up changed, and take away what it made.",
  }),
  "redo-drift": defineRule({
    ...shared,
    name: "redo-drift",
    summary: "After up, down and up again the schema is not what it was after the first up.",
    why: "A database that was rolled back once differs from the others for good.",
    instead: "Let the down restore what the up changed, so that the up finds what it found the first time.",
  }),
  "data-lost": defineRule({
    ...shared,
    name: "data-lost",
    summary: "Rows that were there before are gone or changed after up and down.",
    why: "A rollback loses what people have entered.",
    instead:
      "Keep the old data until nobody will roll back any more, or declare `-- switchback: lossy <reason>`.",
  }),
  "earlier-fails": defineRule({
    ...shared,
    name: "earlier-fails",
    severity: "warning",
    summary: "A migration before those that are reported on does not go up here.",
    why: "What comes after it was proved on a schema that lacks what it makes.",
    instead:
      "Make what it needs in a `--prelude` (roles, schemas, extensions), or start from a dump with `--baseline`.",
  }),
  "fixture-fails": defineRule({
    ...shared,
    name: "fixture-fails",
    summary: "Rows of your own do not go in, or belong to no migration (only with --fixtures).",
    why: "Nothing was tried with these rows, and a green run would say that it was.",
    instead: "Let `<version>.sql` fit the tables as they are after the up of that version.",
  }),
  "unsafe-rerun": defineRule({
    ...shared,
    name: "unsafe-rerun",
    summary: "Run a second time in a row, the script fails or does something more (only with --idempotent).",
    why: "After a connection that broke at the wrong moment, nobody can simply run it again.",
    instead: "Write IF NOT EXISTS, IF EXISTS, OR REPLACE or ON CONFLICT, or ask the catalog first.",
  }),
  "walk-down": defineRule({
    ...shared,
    name: "walk-down",
    summary:
      "After all ups and then all downs the schema is not what it was at the start (only with --walk-down).",
    why: "Each down may be right on its own and the way down still not lead back.",
    instead: "Let each down take away what its up made, also where a later migration has changed it.",
  }),
  "timed-out": defineRule({
    ...shared,
    name: "timed-out",
    summary: "A script did not end in the time that it was given.",
    why: "On a database without rows it should take milliseconds; it waits for something, or it never ends.",
    instead: "Find what it waits for, or give it longer with `--timeout`.",
  }),
  "engine-lost": defineRule({
    ...shared,
    name: "engine-lost",
    summary: "A script ended its own connection, or the server.",
    why: "A runner that loses its connection half-way leaves the migration in an unknown state.",
    instead: "Take out what ends the connection: pg_terminate_backend, DROP DATABASE, a server crash.",
  }),
} as const satisfies Readonly<Record<string, Rule>>;

export type ProofRuleName = keyof typeof proofRules;
