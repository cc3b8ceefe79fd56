import type { TransactionStmtKind } from "@pgsql/types";
import type { Statement } from "../../sql/statement.ts";
import { openTransaction } from "../facts/open-transaction.ts";
import { defineRule, type StatementContext, type TransactionState } from "../rule.ts";

export const nestedTransaction = defineRule({
  name: "nested-transaction",
  summary: "BEGIN inside a transaction, or COMMIT of one that the script did not begin.",
  why: "PostgreSQL has no nested transactions: the inner COMMIT ends the outer transaction, and what follows it runs on its own, so a failure leaves half of the migration behind.",
  instead:
    "Leave BEGIN and COMMIT to one side: to the runner where it wraps migrations, else to the script. Within a transaction use SAVEPOINT.",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "BEGIN inside a transaction only warns (25001); COMMIT outside of one warns (25P01) (manual, BEGIN, COMMIT).",
  alsoKnownAs: { squawk: "transaction-nesting" },
  directions: ["up", "down"],
  examples: {
    bad: [
      {
        up: "BEGIN;\nCREATE TABLE users (id bigint PRIMARY KEY);\nBEGIN;\nCREATE TABLE teams (id bigint PRIMARY KEY);\nCOMMIT;",
      },
      { up: "CREATE TABLE users (id bigint PRIMARY KEY);\nCOMMIT;" },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
        up: "SET statement_timeout = 0;\nDO $$ BEGIN\n  LOOP\n    UPDATE users SET name = '' WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);\n    EXIT WHEN NOT FOUND;\n    COMMIT;\n  END LOOP;\nEND $$;",
        down: "SELECT 1;",
        note: "Two statements in one query are a transaction, too. Without rows the loop never gets to its COMMIT, and the test passes.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;",
        up: "BEGIN;\nCALL fill();\nCOMMIT;",
        down: "SELECT 1;",
      },
    ],
    good: [
      { up: "BEGIN;\nCREATE TABLE users (id bigint PRIMARY KEY);\nCOMMIT;" },
      {
        up: "BEGIN;\nCREATE TABLE a (id int PRIMARY KEY);\nEND;\nSTART TRANSACTION;\nCREATE TABLE b (id int PRIMARY KEY);\nCOMMIT;",
        note: "One after the other.",
      },
      {
        up: "BEGIN;\nSAVEPOINT s;\nCREATE TABLE users (id bigint PRIMARY KEY);\nRELEASE SAVEPOINT s;\nCOMMIT;",
        note: "A savepoint is no transaction.",
      },
      {
        before: "CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;",
        up: "CALL fill();",
        down: "DO $$ BEGIN COMMIT; END $$;",
        note: "Alone in the file.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "BEGIN;\nALTER TABLE users ADD COLUMN a int;\nCOMMIT AND CHAIN;\nALTER TABLE users ADD COLUMN b int;\nCOMMIT;",
        down: "ALTER TABLE users DROP COLUMN a, DROP COLUMN b;",
        note: "AND CHAIN begins the next one.",
      },
    ],
  },
  kinds: ["TransactionStmt", "DoStmt", "CallStmt"],
  check: {
    statement(context) {
      const { statement, transaction, script, parsed, report } = context;
      if (context.outcome.endsTransaction && transaction.kind !== "none")
        reportInner(context, transaction.kind);
      if (!("TransactionStmt" in statement.node)) return;
      const { kind } = statement.node.TransactionStmt;
      const begins = kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START";
      const ends = kind === "TRANS_STMT_COMMIT" || kind === "TRANS_STMT_ROLLBACK";
      if (begins && (transaction.kind === "explicit" || transaction.kind === "wrapped")) {
        report({
          message: `a transaction is open by here${transaction.kind === "wrapped" ? ", the runner's" : ""}: this begins none, and the next COMMIT ends that one`,
          label: "inside a transaction",
          help: "leave it out, or use SAVEPOINT",
        });
      }
      if (ends && transaction.kind !== "explicit") {
        const fails =
          script.execution.mustStayOpen && transaction.kind === "wrapped" && isLast(statement, parsed);
        report({
          ...(fails ? { severity: "error", why: failure } : ownWhy(transaction.kind, kind)),
          message:
            transaction.kind === "wrapped"
              ? `this ends the transaction that the runner began, and ${fails ? "the runner fails when it comes to end it" : "what follows is not part of it"}`
              : "there is no BEGIN that this ends",
          label: "the script began no transaction",
          help: "leave it out, or begin the transaction in the script",
        });
      }
    },
  },
});

/** What it does where nobody began a transaction: several statements in one query are one all the same. */
function ownWhy(around: TransactionState["kind"], kind: TransactionStmtKind) {
  if (around === "wrapped") return {};
  if (around === "none") return { why: "PostgreSQL warns that no transaction is in progress, and goes on." };
  return kind === "TRANS_STMT_ROLLBACK"
    ? {
        why: "It undoes what the file did before it, back to the last COMMIT: sent as one query, that is one transaction.",
      }
    : { why: "It keeps what came before it, so a failure further down leaves half of the migration behind." };
}

/** PL/pgSQL may end the transaction that it runs in only where nobody else began it. */
function reportInner(
  { statement, script: { execution }, report }: StatementContext,
  kind: keyof typeof openTransaction,
): void {
  const { unwrap, unwrapsItself } = execution;
  const outside =
    unwrap !== undefined && !unwrapsItself
      ? unwrap
      : "leave its COMMIT out, or run it outside of the migrations";
  report({
    severity: "error",
    why: "PostgreSQL refuses it with 2D000 as soon as it gets there. A loop over a table that is empty, as in a test, may end before.",
    message: `the ${statement.kind === "CallStmt" ? "procedure" : "DO block"} commits, which fails inside a transaction, and here one is open`,
    label: openTransaction[kind],
    help: kind === "wrapped" ? outside : "leave it alone in its file, without BEGIN and COMMIT",
  });
}

/** Does no other transaction begin behind it? Then the runner finds none to end. */
function isLast({ index }: { index: number }, { statements }: { statements: readonly Statement[] }): boolean {
  return statements.slice(index + 1).every(({ kind }) => kind !== "TransactionStmt");
}

const failure =
  "The runner fails at its own COMMIT, after the script's has kept everything: nothing notes that the migration has run, and the next try finds its objects there.";
