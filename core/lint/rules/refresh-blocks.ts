import { plainName } from "../../catalog/plain-name.ts";
import { hasRefreshKey } from "../../catalog/refresh-key.ts";
import { defineRule } from "../rule.ts";

export const refreshBlocks = defineRule({
  name: "refresh-blocks",
  summary: "REFRESH MATERIALIZED VIEW without CONCURRENTLY, or WITH NO DATA, on a view in use.",
  why: "Everybody who reads the view waits until its query has run.",
  instead: `Give it a unique index once, then refresh beside the readers:

\`\`\`sql
REFRESH MATERIALIZED VIEW CONCURRENTLY sales;
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "REFRESH takes ACCESS EXCLUSIVE, with CONCURRENTLY EXCLUSIVE; that needs a unique index over columns without WHERE, and a view that holds data. It may run in a transaction (manual, REFRESH MATERIALIZED VIEW).",
  alsoKnownAs: { pgfence: "refresh-materialized-view" },
  examples: {
    bad: [
      {
        before:
          "CREATE TABLE t (id int PRIMARY KEY);\nCREATE MATERIALIZED VIEW sales AS SELECT id FROM t;\nCREATE UNIQUE INDEX sales_id ON sales (id);",
        up: "REFRESH MATERIALIZED VIEW sales;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE t (id int PRIMARY KEY);\nCREATE MATERIALIZED VIEW sales AS SELECT id FROM t;",
        up: "REFRESH MATERIALIZED VIEW sales;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE t (id int PRIMARY KEY);\nCREATE MATERIALIZED VIEW sales AS SELECT id FROM t;",
        up: "REFRESH MATERIALIZED VIEW sales WITH NO DATA;",
        down: "REFRESH MATERIALIZED VIEW sales;",
        note: "Whoever reads it gets an error.",
      },
    ],
    good: [
      {
        before:
          "CREATE TABLE t (id int PRIMARY KEY);\nCREATE MATERIALIZED VIEW sales AS SELECT id FROM t;\nCREATE UNIQUE INDEX sales_id ON sales (id);",
        up: "REFRESH MATERIALIZED VIEW CONCURRENTLY sales;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE TABLE t (id int PRIMARY KEY);",
        up: "CREATE MATERIALIZED VIEW sales AS SELECT id FROM t WITH NO DATA;\nREFRESH MATERIALIZED VIEW sales;",
        down: "DROP MATERIALIZED VIEW sales;",
        note: "The view is new.",
      },
      {
        before:
          "CREATE TABLE t (id int PRIMARY KEY);\nCREATE MATERIALIZED VIEW sales AS SELECT id FROM t WITH NO DATA;",
        up: "REFRESH MATERIALIZED VIEW sales;",
        down: "SELECT 1;",
        note: "Nobody can read it before.",
      },
    ],
  },
  check: {
    statement(context) {
      const { statement, outcome, catalog, parsed, script, existedBefore, report } = context;
      if (!("RefreshMatViewStmt" in statement.node) || outcome.failure) return;
      const { concurrent, skipData, relation } = statement.node.RefreshMatViewStmt;
      const lock = outcome.locks.find(({ key }) => key.startsWith("materialized view "));
      const view = lock && catalog.at(lock.key);
      if (concurrent || view?.kind !== "materialized view" || !existedBefore(lock?.key ?? "")) return;
      if (view.attributes.unpopulated) return;
      const name = plainName(view.name);
      const isFilledLater = parsed.statements.some(
        ({ index, node }) =>
          index > statement.index &&
          "RefreshMatViewStmt" in node &&
          !node.RefreshMatViewStmt.skipData &&
          node.RefreshMatViewStmt.relation?.relname === relation?.relname,
      );
      if (skipData && !isFilledLater) {
        report({
          message: `WITH NO DATA empties ${name}: every query of it fails until it is filled again`,
          label: "nobody can read it from then on",
          help: `leave WITH NO DATA out, or drop the view if nothing reads it\n  DROP MATERIALIZED VIEW ${name};`,
          why: "PostgreSQL does not take a materialized view without data for an empty one: it refuses to read it (55000).",
        });
        return;
      }
      const indexed = hasRefreshKey(catalog, view);
      const words = /^refresh\s+materialized\s+view\b/i.exec(
        parsed.text.slice(statement.start, statement.end),
      )?.[0];
      const at = statement.start + (words?.length ?? 0);
      report({
        message: `refreshing ${name} blocks everybody who reads it until its query has run`,
        label: `takes ACCESS EXCLUSIVE on ${name}`,
        help:
          indexed && !skipData
            ? `refresh beside the readers\n  REFRESH MATERIALIZED VIEW CONCURRENTLY ${name};`
            : "give the view a unique index over its key first, then refresh it CONCURRENTLY",
        ...(indexed &&
          !skipData &&
          words !== undefined && {
            fix: {
              title: "Refresh with CONCURRENTLY",
              edits: [{ kind: "replace", file: script.file.path, start: at, end: at, text: " CONCURRENTLY" }],
            },
          }),
      });
    },
  },
});
