import { kindIn, nameIn } from "../../catalog/key-parts.ts";
import { keyOf } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { enumerate } from "../help/enumerate.ts";
import { defineRule, type ScriptStep, type UpContext } from "../rule.ts";

export const dropView = defineRule({
  name: "drop-view",
  summary: "A view that was there before this migration is dropped and nothing takes its name.",
  why: "Code that still reads it fails at once with 42P01: while a deployment lasts, the old code runs beside the new schema.",
  instead: "Let no code read it first, and drop it in a later deployment.",
  severity: "warning",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts: "A query that names what is not there fails when it is parsed (42P01, undefined_table).",
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, active boolean);\nCREATE VIEW active_users AS SELECT id FROM users WHERE active;",
        up: "DROP VIEW active_users;",
        down: "CREATE VIEW active_users AS SELECT id FROM users WHERE active;",
      },
      {
        before:
          "CREATE TABLE orders (id bigint PRIMARY KEY, total int);\nCREATE MATERIALIZED VIEW totals AS SELECT sum(total) FROM orders;",
        up: "DROP MATERIALIZED VIEW IF EXISTS totals;",
        down: "CREATE MATERIALIZED VIEW totals AS SELECT sum(total) FROM orders;",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE VIEW names AS SELECT name FROM users;",
        up: "DROP VIEW names;\nALTER TABLE users ALTER COLUMN name TYPE text;\nCREATE VIEW names AS SELECT name FROM users;",
        down: "-- switchback: irreversible the column stays as it is",
        note: "It is made again.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW ids AS SELECT id FROM users;",
        up: "DROP MATERIALIZED VIEW ids;\nCREATE TABLE ids AS SELECT id FROM users;",
        down: "DROP TABLE ids;\nCREATE MATERIALIZED VIEW ids AS SELECT id FROM users;",
        note: "A table takes its name.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW ids AS SELECT id FROM users;\nDROP VIEW ids;",
        down: "DROP TABLE users;",
        note: "The view is new.",
      },
      {
        up: "DROP VIEW IF EXISTS ids;",
        down: "SELECT 1;",
        note: "Nothing is known to have made it.",
      },
    ],
  },
  check: {
    afterUp(context) {
      const { up, report } = context;
      for (const step of up.steps) {
        if (!("DropStmt" in step.statement.node) || step.outcome.failure) continue;
        const gone = droppedViews(context, step);
        if (gone.length === 0) continue;
        const names = enumerate(gone.map((name) => plainName(name)));
        report(up.script, {
          start: step.statement.start,
          end: step.statement.end,
          message: `dropping ${names} breaks every running query that reads ${gone.length === 1 ? "it" : "them"}`,
          label: gone.length === 1 ? "the name is gone at once" : "the names are gone at once",
          help: "drop it when no running code names it, in a later deployment",
        });
      }
    },
  },
});

/** Those that the statement names; what CASCADE takes along is for drop-cascade to say. */
function droppedViews(context: UpContext, { outcome }: ScriptStep): string[] {
  const { catalog, start } = context;
  return outcome.effects.flatMap((effect) => {
    if (effect.action !== "drop" || effect.cascaded) return [];
    const kind = kindIn(effect.key);
    if (kind !== "view" && kind !== "materialized view") return [];
    if (catalog.atSavepoint(start, effect.key) === undefined) return [];
    // A repeatable migration may make it, which runs after all others.
    if (context.isAssumed(effect.key)) return [];
    const name = nameIn(effect.key);
    const isTaken = (["table", "view", "materialized view"] as const).some((it) =>
      catalog.has(keyOf(it, name)),
    );
    return isTaken ? [] : [name];
  });
}
