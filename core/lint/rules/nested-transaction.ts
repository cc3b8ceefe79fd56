import type { Statement } from "../../sql/statement.ts";
import { defineRule } from "../rule.ts";

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
    ],
  },
  check: {
    statement({ statement, transaction, script, parsed, report }) {
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
          ...(fails && { severity: "error", why: failure }),
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

/** Does no other transaction begin behind it? Then the runner finds none to end. */
function isLast({ index }: { index: number }, { statements }: { statements: readonly Statement[] }): boolean {
  return statements.slice(index + 1).every(({ kind }) => kind !== "TransactionStmt");
}

const failure =
  "The runner fails at its own COMMIT, after the script's has kept everything: nothing notes that the migration has run, and the next try finds its objects there.";
