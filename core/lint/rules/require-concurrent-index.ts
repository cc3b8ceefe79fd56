import type { IndexStmt } from "@pgsql/types";
import { blocks } from "../../catalog/locks.ts";
import { type CatalogObject, keyOf } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier, splitQualified } from "../../catalog/quote-identifier.ts";
import { indexColumnNames } from "../../catalog/simulate/indexes.ts";
import { optionValue } from "../../catalog/simulate/options.ts";
import { allColumns } from "../../catalog/simulate/statements/create-index.ts";
import { oneLine } from "../../sql/one-line.ts";
import type { Statement } from "../../sql/statement.ts";
import { type Token, tokens } from "../../sql/tokens.ts";
import { bareTransaction, withoutTransaction } from "../facts/bare-transaction.ts";
import { isEmptied } from "../facts/emptied.ts";
import { existingTable } from "../facts/existing-table.ts";
import { heldMode } from "../facts/held-lock.ts";
import { shareDefault } from "../facts/shared-default.ts";
import { enumerate } from "../help/enumerate.ts";
import { partitionSteps } from "../help/partition-steps.ts";
import { steps } from "../help/steps.ts";
import { fillFirst, withoutTwins } from "../help/two-rows.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const requireConcurrentIndex = defineRule({
  name: "require-concurrent-index",
  summary: "CREATE INDEX without CONCURRENTLY on a table that was there before this migration.",
  why: "The build holds SHARE on the table: every INSERT, UPDATE and DELETE waits until it is done, and everything behind them queues.",
  instead: `Build it without blocking writes, alone in its file:

\`\`\`sql
CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);
\`\`\`

A failed build leaves an invalid index behind: drop it before the next attempt.`,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "CREATE INDEX takes SHARE, CREATE INDEX CONCURRENTLY takes SHARE UPDATE EXCLUSIVE (manual 13.3.1). A partitioned table takes no CONCURRENTLY (manual, CREATE INDEX): an index ON ONLY it, one for each partition built CONCURRENTLY, and ALTER INDEX … ATTACH PARTITION come to the same.",
  alsoKnownAs: {
    squawk: "require-concurrent-index-creation",
    eugene: "E6",
    strong_migrations: "add_index",
    atlas: "PG101",
  },
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "CREATE INDEX orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
      },
      {
        before: "CREATE SCHEMA shop; CREATE TABLE shop.orders (id bigint PRIMARY KEY, code text);",
        up: "CREATE UNIQUE INDEX ON shop.orders (code) WHERE code IS NOT NULL;",
        down: "DROP INDEX CONCURRENTLY shop.orders_code_idx;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "CREATE INDEX IF NOT EXISTS orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
        note: "With CONCURRENTLY the guard goes: it would accept an invalid index.",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        up: "CREATE INDEX events_at_idx ON events (at);",
        down: "DROP INDEX events_at_idx;",
        note: "It is built on each partition.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER TABLE orders ADD COLUMN code text;\nCREATE INDEX orders_code_idx ON orders (code);",
        down: "ALTER TABLE orders DROP COLUMN code;",
        note: "The lock of the ALTER TABLE is held meanwhile: reads wait as well.",
      },
      {
        before: "CREATE TABLE old_events (at timestamptz);",
        up: "CREATE TABLE events (at timestamptz) PARTITION BY RANGE (at);\nALTER TABLE events ATTACH PARTITION old_events DEFAULT;\nCREATE INDEX events_at_idx ON events (at);",
        down: "ALTER TABLE events DETACH PARTITION old_events;\nDROP TABLE events;",
        note: "The whole is new, its partition is not.",
      },
      {
        before: "CREATE TABLE coupons (id bigint PRIMARY KEY);",
        up: "ALTER TABLE coupons ADD COLUMN code text NOT NULL DEFAULT '';\nCREATE UNIQUE INDEX coupons_code_key ON coupons (code);",
        down: "ALTER TABLE coupons DROP COLUMN code;",
        note: "Two rows are enough for it to fail: both get the default. CONCURRENTLY alone would not help.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE readings (at timestamptz, sensor int);",
        up: "CREATE INDEX readings_sensor ON readings (sensor) WITH (timescaledb.transaction_per_chunk);",
        down: "DROP INDEX readings_sensor;",
        note: "A hypertable of TimescaleDB takes no CONCURRENTLY, and is indexed chunk by chunk.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nCREATE INDEX users_age ON users (age);",
        up: "CREATE INDEX users_age ON users (age);",
        down: "DROP INDEX users_age;",
        note: "It is there: `up-stops` speaks of it.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "TRUNCATE orders;\nCREATE INDEX orders_id_idx ON orders (id);",
        down: "DROP INDEX orders_id_idx;",
        note: "It has no rows any more.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);",
        up: "CREATE INDEX CONCURRENTLY orders_created_idx ON orders (created_at);",
        down: "DROP INDEX CONCURRENTLY orders_created_idx;",
      },
      {
        up: "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);\nCREATE INDEX orders_created_idx ON orders (created_at);",
        down: "DROP TABLE orders;",
        note: "the table is new: nobody waits for it",
      },
      {
        before: "CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);",
        up: "CREATE INDEX events_at_idx ON events (at);",
        down: "DROP INDEX events_at_idx;",
        note: "it has no partitions with rows to read",
      },
      {
        before:
          "CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        up: "CREATE INDEX events_at_idx ON ONLY events (at);",
        down: "DROP INDEX events_at_idx;",
        note: "it is valid once every partition has one of its own",
      },
    ],
  },
  kinds: ["IndexStmt"],
  check: {
    statement(context) {
      const { statement, outcome, report } = context;
      if (!("IndexStmt" in statement.node)) return;
      const index = statement.node.IndexStmt;
      // IF NOT EXISTS on an index that is there builds nothing.
      if (index.concurrent || outcome.skipped.length > 0 || outcome.failure) return;
      if (isBuiltByChunk(index)) return;
      const lock = outcome.locks.find(({ mode }) => mode === "SHARE");
      if (!lock) return;
      const table = context.catalog.at(lock.key);
      const isWhole = table?.kind === "table" && table.attributes.partitionKey !== undefined;
      if (!isWhole && !context.existedBefore(lock.key)) return;
      if (isEmptied(context, lock.key)) return;
      if (isWhole) {
        reportPartitions(context, index, table);
        return;
      }
      if (table?.kind === "table" && table.attributes.persistence === "temporary") return;
      const name = nameIn(lock.key).replace(/^public\./, "");
      const held = heldMode(context, lock.key);
      const isClosed = held !== undefined && blocks(held).reads;
      const waits = isClosed
        ? "read and write of"
        : table?.kind === "materialized view"
          ? "refresh of"
          : "write to";
      const fix = fixOf(context);
      const columns = uniqueColumns(index);
      const fails = shareDefault(context, lock.key, columns);
      const help = helpFor(context, name);
      report({
        end: endOfHead(context, index),
        message: `building ${nameOf(index)} ${fails ? `${withoutTwins(name)}, and ` : ""}blocks every ${waits} ${name}`,
        label: isClosed
          ? `${held} on ${name}, which this transaction holds, lasts until the build is done`
          : `takes SHARE on ${name} until the build is done`,
        help: fails ? fillFirst(columns, help) : help,
        ...(fix && { fix }),
      });
    },
  },
});

/** A hypertable takes no CONCURRENTLY: TimescaleDB locks one chunk after the other instead. */
function isBuiltByChunk({ options = [] }: IndexStmt): boolean {
  return options.some(
    (it) =>
      "DefElem" in it &&
      it.DefElem.defnamespace === "timescaledb" &&
      it.DefElem.defname === "transaction_per_chunk" &&
      !/^(?:f|false|off|no|0)$/i.test(optionValue(it.DefElem.arg)),
  );
}

/** The columns whose values may stand in no two rows; none where only some rows count. */
function uniqueColumns({ unique, whereClause, indexParams = [] }: IndexStmt): readonly string[] {
  if (!unique || whereClause) return [];
  const names = indexParams.flatMap((node) => ("IndexElem" in node ? (node.IndexElem.name ?? []) : []));
  return names.length === indexParams.length ? names : [];
}

/** CONCURRENTLY is not possible on the whole, but on each of its partitions. */
function reportPartitions(context: StatementContext, index: IndexStmt, object: CatalogObject<"table">): void {
  const whole = keyOf("table", object.name);
  const built = context.outcome.locks.flatMap(({ key, mode }) => {
    if (mode !== "SHARE" || key === whole) return [];
    const part = existingTable(context, key);
    return part?.object && part.object.attributes.partitionKey === undefined ? [part.name] : [];
  });
  if (built.length === 0) return;
  // A new table may have taken in partitions that were tables before.
  const table = { key: whole, name: plainName(object.name), object };
  const { parsed, statement, outcome, catalog } = context;
  const made = outcome.effects.find(({ action, key }) => action === "create" && key.startsWith("index "));
  const name = index.idxname ?? (made && lastPart(made.key));
  const wanted = partitionSteps(catalog, table, {
    name: quoteIdentifier(name ?? ""),
    columns: indexColumnNames(allColumns(index)),
    label: "idx",
    create: `CREATE ${index.unique ? "UNIQUE " : ""}INDEX`,
    rest: oneLine(parsed.text, endOfTable(parsed.text, statement), statement.end),
  });
  context.report({
    end: endOfHead(context, index),
    message: `building ${nameOf(index)} blocks every write to ${enumerate(built)}`,
    label: `takes SHARE on ${table.name} and its partitions until all builds are done`,
    ...(wanted && name !== undefined && { help: steps(...wanted) }),
  });
}

function nameOf({ idxname }: IndexStmt): string {
  return idxname ? quoteIdentifier(idxname) : "the index";
}

/** `table public.orders` → `public.orders` */
function nameIn(key: string): string {
  return key.replace(/^(materialized view|table) /, "");
}

/** The underline covers `CREATE INDEX orders_created_idx`, not the columns. */
function endOfHead({ parsed, statement }: StatementContext, index: IndexStmt): number {
  const on = wordIn(parsed.text, statement, "on");
  const text = parsed.text.slice(statement.start, on?.start ?? statement.end);
  return index.idxname || on ? statement.start + text.trimEnd().length : statement.end;
}

function helpFor({ parsed, statement, script, outcome }: StatementContext, table: string): string {
  const sql = parsed.text.slice(statement.start, statement.end);
  const at = afterIndexWord(parsed.text, statement) - statement.start;
  const guard = endOfGuard(parsed.text, statement, at + statement.start);
  const moves = parsed.statements.length > 1;
  const rest = moves
    ? withSchema(parsed.text, statement, guard, table)
    : parsed.text.slice(guard, statement.end);
  const written = oneLine(`${sql.slice(0, at)} CONCURRENTLY${rest}`);
  const { wrapped, unwrapsItself, unwrap } = script.execution;
  const isWrapped = wrapped && !unwrapsItself;
  if (isWrapped && unwrap === undefined) {
    // IF NOT EXISTS wants a name, and both builds the same one.
    const isNamed = "IndexStmt" in statement.node && statement.node.IndexStmt.idxname;
    const made = outcome.effects.find(({ action, key }) => action === "create" && key.startsWith("index "));
    const name = isNamed || !made ? "" : ` ${quoteIdentifier(lastPart(made.key))}`;
    return steps(
      {
        words: "by hand before, as the runner opens a transaction around every migration",
        sql: [`${oneLine(`${sql.slice(0, at)} CONCURRENTLY${name}${rest}`)};`],
      },
      {
        words: "and here, where it then does nothing",
        sql: [
          "-- switchback-ignore require-concurrent-index: built by hand before",
          `${oneLine(`${sql.slice(0, at)} IF NOT EXISTS${name}${rest}`)};`,
        ],
      },
    );
  }
  const alone = moves ? ", alone in a migration of its own" : "";
  const told = isWrapped ? ", and tell the runner to open no transaction for it" : "";
  return `build it without blocking writes${alone}${told}\n  ${written};`;
}

/** The statement from `from` on. In another file no SET search_path says where its table is. */
function withSchema(text: string, statement: Statement, from: number, table: string): string {
  const on = wordIn(text, statement, "on");
  const { node, end } = statement;
  const isSpelt = "IndexStmt" in node && node.IndexStmt.relation?.schemaname !== undefined;
  if (!on || isSpelt || splitQualified(table).length < 2) return text.slice(from, end);
  return `${text.slice(from, on.end)} ${table}${text.slice(endOfTable(text, statement), end)}`;
}

/** Only where CONCURRENTLY then stands alone: in company it would fail. */
function fixOf({ parsed, statement, script }: StatementContext) {
  if (script.execution.wrapped && !script.execution.unwrapsItself) return undefined;
  const transaction = bareTransaction(parsed.statements);
  if (parsed.statements.length > 1 && !transaction) return undefined;
  const at = afterIndexWord(parsed.text, statement);
  const insert = {
    kind: "replace" as const,
    file: script.file.path,
    start: at,
    end: endOfGuard(parsed.text, statement, at),
    text: " CONCURRENTLY",
  };
  return {
    title: "Build with CONCURRENTLY",
    edits: transaction
      ? [insert, ...withoutTransaction(script.file.path, parsed.text, transaction)]
      : [insert],
  };
}

function afterIndexWord(text: string, statement: Statement): number {
  return wordIn(text, statement, "index")?.end ?? statement.start;
}

/** IF NOT EXISTS would take an invalid index, left by a build that failed, for a finished one: it goes. */
function endOfGuard(text: string, { end }: Statement, at: number): number {
  return at + (/^\s+if\s+not\s+exists\b/i.exec(text.slice(at, end))?.[0].length ?? 0);
}

/** Where `ON [ONLY] shop.orders [*]` ends. */
function endOfTable(text: string, statement: Statement): number {
  const on = wordIn(text, statement, "on");
  let end = on?.end ?? statement.start;
  let wantsName = true;
  for (const token of tokens(text, end, statement.end)) {
    if (token.kind === "line-comment" || token.kind === "block-comment") continue;
    const word = text.slice(token.start, token.end);
    const isOnly = wantsName && token.kind === "word" && word.toLowerCase() === "only";
    if (!isOnly && word !== "." && word !== "*") {
      if (!wantsName) break;
      wantsName = false;
    }
    if (word === ".") wantsName = true;
    end = token.end;
  }
  return end;
}

function wordIn(text: string, { start, end }: Statement, word: string): Token | undefined {
  for (const token of tokens(text, start, end)) {
    if (token.kind === "word" && text.slice(token.start, token.end).toLowerCase() === word) return token;
  }
  return undefined;
}
