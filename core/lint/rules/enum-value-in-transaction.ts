import type { AlterEnumStmt, InsertStmt, Node } from "@pgsql/types";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { walk } from "../../catalog/simulate/walk.ts";
import type { Statement } from "../../sql/statement.ts";
import { bareTransaction, withoutTransaction } from "../facts/bare-transaction.ts";
import { isMadeBy } from "../facts/made-by.ts";
import { defineRule, type StatementContext } from "../rule.ts";

export const enumValueInTransaction = defineRule({
  name: "enum-value-in-transaction",
  summary: "An enum value that is added in a transaction which cannot add it, or uses it too early.",
  why: "Before 12 PostgreSQL refuses ADD VALUE in a transaction (25001). Since 12 it refuses to use the value before the transaction has committed (55P04). The runner stops there; golang-migrate marks the database as dirty.",
  instead: `Add the value alone in its migration, and use it in the next one:

\`\`\`sql
ALTER TYPE mood ADD VALUE 'happy';
-- next migration
UPDATE users SET mood = 'happy';
\`\`\``,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Manual, ALTER TYPE, Notes: a value that was added in a transaction block cannot be used until that transaction has been committed, unless the type was created in it. Several statements in one file are one transaction for golang-migrate.",
  alsoKnownAs: { pgfence: "alter-enum-add-value", migrationpilot: "MP012, MP054" },
  examples: {
    bad: [
      {
        before: "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
        up: "ALTER TYPE mood ADD VALUE 'happy';\nUPDATE users SET mood = 'happy' WHERE mood IS NULL;",
        down: "-- switchback: irreversible enum values stay",
      },
      {
        before: "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
        up: "BEGIN;\nALTER TYPE mood ADD VALUE 'happy';\nALTER TABLE users ALTER COLUMN mood SET DEFAULT 'happy';\nCOMMIT;",
        down: "-- switchback: irreversible enum values stay",
      },
      {
        before: "CREATE TYPE mood AS ENUM ('sad');",
        up: "BEGIN;\nALTER TYPE mood ADD VALUE 'happy';\nCOMMIT;",
        down: "-- switchback: irreversible enum values stay",
        postgres: 11,
      },
      {
        before: "CREATE TYPE mood AS ENUM ('calm');\nCREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
        up: "ALTER TYPE mood ADD VALUE 'tense';\nINSERT INTO people VALUES (1, 'tense');",
        down: "SELECT 1;",
        note: "By its place in the row.",
      },
    ],
    good: [
      {
        before: "CREATE TYPE mood AS ENUM ('sad');",
        up: "ALTER TYPE mood ADD VALUE 'happy';",
        down: "-- switchback: irreversible enum values stay",
        postgres: 9,
      },
      {
        before: "CREATE TYPE mood AS ENUM ('sad');",
        up: "ALTER TYPE mood ADD VALUE 'happy';\nALTER TYPE mood ADD VALUE 'angry';",
        down: "-- switchback: irreversible enum values stay",
        note: "Since 12 in a transaction, as long as nothing uses them.",
      },
      {
        up: "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);\nALTER TYPE mood ADD VALUE 'happy';\nINSERT INTO users VALUES (1, 'happy');",
        down: "DROP TABLE users;\nDROP TYPE mood;",
        note: "The type was created in the same transaction.",
      },
      {
        before:
          "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood, name text);",
        up: "ALTER TYPE mood ADD VALUE 'happy';\nUPDATE users SET name = 'happy';",
        down: "-- switchback: irreversible enum values stay",
        note: "The same word in a column of another type.",
      },
      {
        before:
          "CREATE TYPE mood AS ENUM ('calm');\nCREATE TABLE people (id bigint PRIMARY KEY, mood mood);\nCREATE TABLE notes (id bigint PRIMARY KEY, note text);",
        up: "ALTER TYPE mood ADD VALUE 'tense';\nINSERT INTO notes VALUES (1, 'tense');",
        down: "SELECT 1;",
        note: "A text of that name.",
      },
    ],
  },
  kinds: ["AlterEnumStmt"],
  check: {
    statement(context) {
      const { statement, outcome, transaction, postgres } = context;
      if (!("AlterEnumStmt" in statement.node)) return;
      const alter = statement.node.AlterEnumStmt;
      if (transaction.kind === "none" || outcome.failure || outcome.skipped.length > 0 || alter.oldVal)
        return;
      const type = outcome.effects.find(({ key }) => key.startsWith("type "))?.key;
      if (type !== undefined && isMadeHere(context, type)) return;
      if (postgres < 12) {
        const bare = context.script.execution.wrapped
          ? undefined
          : bareTransaction(context.parsed.statements);
        context.report({
          message: `before 12 ALTER TYPE … ADD VALUE cannot run inside a transaction, and here one is open`,
          label: "PostgreSQL refuses it with 25001",
          help: "leave it alone in its file, without BEGIN and COMMIT",
          ...(bare && {
            fix: {
              title: "Remove BEGIN and COMMIT",
              edits: withoutTransaction(context.script.file.path, context.parsed.text, bare),
            },
          }),
        });
        return;
      }
      if (type === undefined) return;
      const user = firstUser(context, alter, type);
      if (!user) return;
      context.report({
        start: user.start,
        end: user.end,
        message: `'${alter.newVal}' cannot be used in the transaction that adds it to ${strings(alter.typeName).join(".")}`,
        label: "PostgreSQL refuses it with 55P04",
        help: "move the statements that use the value to the next migration",
        related: [
          {
            message: "added here",
            file: context.script.file.path,
            start: statement.start,
            end: statement.end,
          },
        ],
      });
    },
  },
});

function isMadeHere({ earlier, transaction }: StatementContext, type: string): boolean {
  return earlier.some((step) => step.statement.index >= transaction.firstStatement && isMadeBy(step, type));
}

/** The first later statement of the transaction that has the value as one of this type. */
function firstUser(context: StatementContext, alter: AlterEnumStmt, type: string): Statement | undefined {
  for (const statement of context.parsed.statements.slice(context.statement.index + 1)) {
    if (
      "TransactionStmt" in statement.node &&
      /COMMIT|ROLLBACK$/.test(statement.node.TransactionStmt.kind ?? "")
    ) {
      return undefined;
    }
    if (uses(context, statement.node, alter, type)) return statement;
  }
  return undefined;
}

/** As a cast to the type, or next to the name of a column that has it. */
function uses({ catalog }: StatementContext, node: Node, alter: AlterEnumStmt, type: string): boolean {
  const typeName = strings(alter.typeName).at(-1);
  const isValue = (it: Node | undefined) =>
    it !== undefined && "A_Const" in it && it.A_Const.sval?.sval === alter.newVal;
  const isColumn = (name: string) => {
    for (const user of catalog.dependentsOf(type)) {
      if (user.kind === "column" && user.name.endsWith(`.${name}`)) return true;
    }
    return false;
  };
  /** Where in a row the columns of this type stand. */
  const placesOf = ({ cols = [], relation }: InsertStmt) => {
    if (cols.length > 0) return cols.map((it) => "ResTarget" in it && isColumn(it.ResTarget.name ?? ""));
    for (const { kind, parent } of catalog.dependentsOf(type)) {
      if (kind !== "column" || parent === undefined || lastPart(parent) !== relation?.relname) continue;
      const columns = [...catalog.childrenOf(parent)].filter((it) => it.kind === "column");
      return columns.map(({ name }) => isColumn(lastPart(name)));
    }
    return [];
  };
  const columnOf = (it: Node | undefined) =>
    it && "ColumnRef" in it ? strings(it.ColumnRef.fields).at(-1) : undefined;
  let found = false;
  walk(node, (it) => {
    if ("TypeCast" in it) {
      found ||= strings(it.TypeCast.typeName?.names).at(-1) === typeName && isValue(it.TypeCast.arg);
    } else if ("ResTarget" in it) {
      found ||= isColumn(it.ResTarget.name ?? "") && isValue(it.ResTarget.val);
    } else if ("A_Expr" in it) {
      const { lexpr, rexpr } = it.A_Expr;
      const list = rexpr && "List" in rexpr ? (rexpr.List.items ?? []) : [rexpr];
      const column = columnOf(lexpr);
      if (column !== undefined) found ||= isColumn(column) && list.some(isValue);
    } else if ("InsertStmt" in it) {
      found ||= insertsValue(it.InsertStmt.selectStmt, placesOf(it.InsertStmt), isValue);
    } else if ("AlterTableCmd" in it && it.AlterTableCmd.subtype === "AT_ColumnDefault") {
      found ||= isColumn(it.AlterTableCmd.name ?? "") && isValue(it.AlterTableCmd.def);
    } else if ("ColumnDef" in it) {
      const ofType = strings(it.ColumnDef.typeName?.names).at(-1) === typeName;
      const values = (it.ColumnDef.constraints ?? []).map((constraint) =>
        "Constraint" in constraint ? constraint.Constraint.raw_expr : undefined,
      );
      found ||= ofType && values.some(isValue);
    }
    return undefined;
  });
  return found;
}

function insertsValue(
  source: Node | undefined,
  places: readonly boolean[],
  isValue: (node: Node | undefined) => boolean,
): boolean {
  const rows = source && "SelectStmt" in source ? (source.SelectStmt.valuesLists ?? []) : [];
  return rows.some((row) =>
    ("List" in row ? (row.List.items ?? []) : []).some((value, place) => isValue(value) && places[place]),
  );
}
