import type { Constraint } from "@pgsql/types";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { isPartitioned } from "../facts/existing-table.ts";
import { type TableCommand, tableCommands } from "../facts/table-command.ts";
import { createdConstraint } from "../help/created-constraint.ts";
import { freeName } from "../help/free-name.ts";
import { deferrability, inConstraint, indexOf } from "../help/index-sql.ts";
import { noIndexBefore } from "../help/no-index-before.ts";
import { type NotNullProof, notNullProof } from "../help/not-null-proof.ts";
import { partitionSteps } from "../help/partition-steps.ts";
import { type Step, steps } from "../help/steps.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const primaryKeyBuild = defineRule({
  name: "primary-key-build",
  summary: "A primary key that builds its index, or looks for NULLs, under lock.",
  why: "The index is built, and columns that may be NULL are read, under ACCESS EXCLUSIVE: nobody reads or writes the table until it is done.",
  instead: `Make the columns NOT NULL and build the index first, then make it the key:

\`\`\`sql
-- alone in its migration
CREATE UNIQUE INDEX CONCURRENTLY users_pkey ON users (id);
-- next migration, once id is NOT NULL
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "ADD PRIMARY KEY takes ACCESS EXCLUSIVE; with USING INDEX nothing is built, but columns that are not NOT NULL yet are set so with a scan, unless a valid CHECK proves it (manual, ALTER TABLE).",
  alsoKnownAs: { squawk: "adding-serial-primary-key-field", eugene: "W14", atlas: "PG104" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint NOT NULL);",
        up: "ALTER TABLE users ADD PRIMARY KEY (id);",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey;",
      },
      {
        before: "CREATE TABLE users (id bigint);\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        up: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey;\nALTER TABLE users ALTER COLUMN id DROP NOT NULL;\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        note: "The column may hold NULL, so the table is read.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        up: "ALTER TABLE ONLY events ADD CONSTRAINT events_pkey PRIMARY KEY (id, at);",
        down: "ALTER TABLE events DROP CONSTRAINT events_pkey;",
        note: "Nothing is built: it is valid once every partition has a key of its own.",
      },
      {
        before: "CREATE TABLE users (id bigint NOT NULL);\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        up: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey;\nCREATE UNIQUE INDEX users_pkey ON users (id);",
      },
      {
        before:
          "CREATE TABLE users (id bigint CHECK (id IS NOT NULL));\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        up: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;",
        down: "ALTER TABLE users DROP CONSTRAINT users_pkey;\nALTER TABLE users ALTER COLUMN id DROP NOT NULL;\nCREATE UNIQUE INDEX users_pkey ON users (id);",
        note: "A valid CHECK proves that no NULL is there.",
      },
      {
        up: "CREATE TABLE users (id bigint);\nALTER TABLE users ADD PRIMARY KEY (id);",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
      {
        up: "CREATE TEMP TABLE import AS SELECT 1 AS id;\nALTER TABLE import ADD PRIMARY KEY (id);",
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
        if (!def || !("Constraint" in def) || def.Constraint.contype !== "CONSTR_PRIMARY") continue;
        if (!found.lock.scan || found.lock.rewrite) continue;
        if (def.Constraint.indexname) adopts(context, found, def.Constraint);
        else builds(context, found, def.Constraint);
      }
    },
  },
});

function builds(context: StatementContext, found: TableCommand, constraint: Constraint): void {
  const { table, place } = found;
  const columns = strings(constraint.keys);
  const name = createdConstraint(context, found) ?? nameFor(context, found);
  context.report({
    ...place,
    message: `the primary key ${name} blocks reads and writes of ${table.name} while its index is built`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the build is done`,
    help: helpFor(context, found, constraint, { name, columns }),
  });
}

interface Key {
  readonly name: string;
  readonly columns: readonly string[];
}

function helpFor(
  context: StatementContext,
  found: TableCommand,
  constraint: Constraint,
  { name, columns }: Key,
): string {
  const { table } = found;
  if (constraint.without_overlaps) return noIndexBefore;
  const proofs = proofsOf(context, found, nullableColumns(context, found, columns));
  const create = "CREATE UNIQUE INDEX";
  const rest = indexOf(constraint, columns);
  const suffix = deferrability(constraint);
  if (isPartitioned(table)) {
    const list = columns.map(quoteIdentifier).join(", ");
    const whole = {
      type: "PRIMARY KEY",
      definition: `PRIMARY KEY ${indexOf(constraint, columns, inConstraint)}${suffix}`,
      suffix,
    };
    const wanted = { name, columns: [], label: "pkey", create, rest, constraint: whole };
    const parts = partitionSteps(context.catalog, table, wanted);
    return parts ? steps(...provedFirst(proofs), ...parts) : `make (${list}) the key of each partition first`;
  }
  const old = replacedKey(context, found);
  // Its name and that of the old key are free only once that is gone, and by then the index has to be there.
  const index = old === undefined ? name : nameFor(context, found, [name, old.name]);
  const drop = old === undefined ? "" : `DROP CONSTRAINT ${old.name}, `;
  return steps(
    ...provedFirst(proofs),
    {
      words: "in a migration of its own",
      sql: [`${create} CONCURRENTLY ${index} ON ${table.name} ${rest};`],
    },
    {
      words: old?.isEarlier ? "in the next one, in place of the DROP CONSTRAINT too" : "in the next one",
      sql: [
        `ALTER TABLE ${table.name} ${drop}ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${index}${suffix};`,
        ...proofs.flatMap((proof) => proof.drop ?? []),
      ],
    },
  );
}

function nameFor(
  { catalog }: StatementContext,
  { table }: TableCommand,
  taken: readonly string[] = [],
): string {
  return freeName(catalog, table.key.slice("table ".length), [], "pkey", (name) =>
    taken.includes(quoteIdentifier(name)),
  );
}

/** The key that this script drops to make room for this one. */
function replacedKey(
  { catalog, earlier, outcome }: StatementContext,
  { table }: TableCommand,
): { readonly name: string; readonly isEarlier: boolean } | undefined {
  const prefix = `constraint ${table.key.slice("table ".length)}.`;
  for (const step of [...earlier.map((it) => it.outcome), outcome]) {
    for (const { action, key } of step.effects) {
      if (action !== "drop" || !key.startsWith(prefix)) continue;
      const dropped = step === outcome ? catalog.at(key) : undefined;
      const isKey = dropped?.kind === "constraint" && dropped.attributes.type === "primary key";
      // What an earlier statement dropped is not in the catalog any more: its index goes by the same name.
      const isIndexed = step.effects.some((it) => it.action === "drop" && it.key.startsWith("index "));
      const isEarlier = step !== outcome;
      if (isKey || (isEarlier && isIndexed)) return { name: quoteIdentifier(lastPart(key)), isEarlier };
    }
  }
  return undefined;
}

function adopts(context: StatementContext, found: TableCommand, constraint: Constraint): void {
  const { table, place } = found;
  const index = indexNamed(context, found, constraint.indexname ?? "");
  const nullable = nullableColumns(context, found, index?.map(lastPart) ?? []);
  const proofs = proofsOf(context, found, nullable);
  const drops = proofs.flatMap((proof) => proof.drop ?? []);
  context.report({
    ...place,
    message: `making ${table.name}.${nullable.join(", ")} NOT NULL for the primary key blocks reads and writes of ${table.name} while every row is checked`,
    label: `takes ACCESS EXCLUSIVE on ${table.name} until the check is done`,
    help:
      proofs.length === 0
        ? "before 12 nothing but that proves it: set a lock_timeout and choose a quiet hour"
        : steps(...provedFirst(proofs), {
            words: "and in the next one what stands here, now without a scan",
            sql: drops,
          }),
  });
}

function indexNamed(context: StatementContext, { table }: TableCommand, name: string) {
  for (const child of context.catalog.childrenOf(table.key)) {
    if (child.kind === "index" && lastPart(child.name) === name) return child.attributes.columns;
  }
  return undefined;
}

/** Names as SQL spells them. */
function nullableColumns(
  { catalog }: StatementContext,
  { table }: TableCommand,
  columns: readonly string[],
): string[] {
  const full = table.key.slice("table ".length);
  return columns.flatMap((column) => {
    const name = quoteIdentifier(column);
    return catalog.get("column", `${full}.${name}`)?.attributes.notNull ? [] : [name];
  });
}

/** Before 12 nothing spares the scan. */
function proofsOf(
  context: StatementContext,
  found: TableCommand,
  nullable: readonly string[],
): NotNullProof[] {
  return context.postgres < 12 ? [] : nullable.map((column) => notNullProof(context, found, column));
}

function provedFirst(proofs: readonly NotNullProof[]): Step[] {
  if (proofs.length === 0) return [];
  return [
    { words: "first refuse NULL in new rows", sql: proofs.map(({ add }) => add) },
    { words: "in the next migration prove that none is left", sql: proofs.map(({ validate }) => validate) },
  ];
}
