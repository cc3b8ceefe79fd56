import { beforeAll, expect, test } from "vitest";
import { Catalog } from "#core/catalog/catalog.ts";
import { Simulation } from "#core/catalog/simulate/simulation.ts";
import { HeldLocks } from "#core/lint/facts/held-locks.ts";
import { transactionStates } from "#core/lint/transaction-state.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";

beforeAll(loadParser);

const tables = "CREATE TABLE a (id int); CREATE TABLE b (id int);";

test.each<[what: string, script: string, held: string[]]>([
  ["nothing before the first statement", "SELECT 1;", []],
  ["what an implicit transaction took", "ALTER TABLE a ADD x int; SELECT 1;", ["a ACCESS EXCLUSIVE"]],
  [
    "each lock, and the strongest counts",
    "LOCK TABLE a IN SHARE MODE; ALTER TABLE a ADD x int; SELECT 1;",
    ["a SHARE", "a ACCESS EXCLUSIVE"],
  ],
  ["nothing after COMMIT", "BEGIN; ALTER TABLE a ADD x int; COMMIT; SELECT 1;", []],
  [
    "of a chained transaction what that one took",
    "BEGIN; ALTER TABLE a ADD x int; COMMIT AND CHAIN; ALTER TABLE b ADD x int; SELECT 1;",
    ["b ACCESS EXCLUSIVE"],
  ],
  [
    "nothing that was taken after the savepoint that was gone back to",
    "BEGIN; ALTER TABLE a ADD x int; SAVEPOINT s; ALTER TABLE b ADD x int; ROLLBACK TO s; SELECT 1;",
    ["a ACCESS EXCLUSIVE"],
  ],
  [
    "and the name from before it",
    "BEGIN; ALTER TABLE a ADD x int; SAVEPOINT s; ALTER TABLE a RENAME TO c; ROLLBACK TO s; SELECT 1;",
    ["a ACCESS EXCLUSIVE"],
  ],
  [
    "of two savepoints of one name the later one counts",
    "BEGIN; SAVEPOINT s; ALTER TABLE a ADD x int; SAVEPOINT s; ALTER TABLE b ADD x int; ROLLBACK TO s; SELECT 1;",
    ["a ACCESS EXCLUSIVE"],
  ],
  [
    "under the name that the table has by now",
    "ALTER TABLE a ADD x int; ALTER TABLE a RENAME TO c; SELECT 1;",
    ["c ACCESS EXCLUSIVE", "c ACCESS EXCLUSIVE"],
  ],
  ["nothing of a statement that fails", "ALTER TABLE a DROP nothing; SELECT 1;", []],
])("a transaction holds %s", (_, script, held) => {
  expect(heldBefore(script)).toEqual(held);
});

/** What is held when the last statement begins: relation and mode, in order. */
function heldBefore(script: string): string[] {
  const simulation = new Simulation(new Catalog(), { postgres: 18 });
  const run = (sql: string, direction: "up" | "down") => {
    const parsed = parseSql(sql);
    const { statements } = parsed;
    const execution = { send: "whole" as const, wrapped: false };
    const transactionOf = transactionStates(statements, execution);
    const locks = new HeldLocks();
    simulation.beginScript({ direction, execution }, statements.length);
    return statements.map((statement) => {
      const transaction = transactionOf(statement);
      const held = locks
        .all(transaction)
        .map(({ key, mode }) => `${key.replace("table public.", "")} ${mode}`);
      const { start, end } = statement;
      const outcome = simulation.apply(parsed, statement, { migration: "", file: "", start, end });
      locks.add({ statement, outcome, transaction });
      return held;
    });
  };
  run(tables, "up");
  return run(script, "down").at(-1) ?? [];
}
