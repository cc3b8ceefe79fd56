import { defineRule, type Rule } from "../lint/rule.ts";

const shared = {
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  // They compare folders, not statements: the examples stand in test/core/history.
  examples: { bad: [], good: [] },
  check: {},
} as const satisfies Partial<Rule>;

export const duplicateOnBase = defineRule({
  ...shared,
  name: "duplicate-on-base",
  summary: "A new migration takes a version that the base branch already has.",
  why: "After the merge two files claim one version: the runner refuses the folder, or applies one of them and never the other.",
  instead:
    "Renumber the new migration above the newest version on the base branch; the finding prints the `git mv` commands.",
  severity: "error",
});

export const olderThanBase = defineRule({
  ...shared,
  name: "older-than-base",
  summary: "A new migration sorts before a migration that the base branch already has.",
  why: "A database that has reached the newer version skips the older one, refuses it or applies it out of order, whichever its runner does: golang-migrate skips it and says nothing.",
  instead:
    "Renumber the new migration above the newest version on the base branch; the finding prints the `git mv` commands.",
  severity: "error",
});

export const duplicateWithPull = defineRule({
  ...shared,
  name: "duplicate-with-pull",
  summary: "Another open pull request to the same branch adds a migration with this version.",
  why: "Both pull requests are green on their own; after both merge, two files claim one version.",
  instead:
    "Whoever merges second renumbers; the finding names the other pull request and prints the `git mv` commands.",
  severity: "warning",
});

export const immutableMigration = defineRule({
  ...shared,
  name: "immutable-migration",
  summary: "The up of a migration that is already on the base branch was edited, renamed or deleted.",
  why: "A database that has applied it never sees the change, so databases that look alike by version differ; runners that keep checksums refuse to go on.",
  instead:
    "Restore the file and put the change into a new migration. Comments and white space may be edited, unless the runner keeps a checksum of the file: Flyway, sqlx and Prisma do. What Flyway repeats (`R__…`) is made to be edited.",
  severity: "error",
});

export const historyRules: readonly Rule[] = [
  duplicateOnBase,
  olderThanBase,
  duplicateWithPull,
  immutableMigration,
];
