import { defineRule } from "../rule.ts";

export const uncommittedTransaction = defineRule({
  name: "uncommitted-transaction",
  summary: "BEGIN without COMMIT.",
  why: "The script ends with its transaction open: what it did is rolled back when the connection closes, or is committed by whatever the runner sends next, and its locks are held until then.",
  instead:
    "End the script with COMMIT, or leave BEGIN out: several statements in one file are one transaction for golang-migrate anyway.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "A transaction that is open when the connection closes is rolled back (manual 3.4).",
  alsoKnownAs: { squawk: "ban-uncommitted-transaction" },
  directions: ["up", "down"],
  examples: {
    bad: [
      { up: "BEGIN;\nCREATE TABLE users (id bigint PRIMARY KEY);" },
      {
        up: "BEGIN;\nCREATE TABLE a (id int PRIMARY KEY);\nCOMMIT;\nSTART TRANSACTION;\nCREATE TABLE b (id int PRIMARY KEY)",
      },
    ],
    good: [
      { up: "BEGIN;\nCREATE TABLE users (id bigint PRIMARY KEY);\nCOMMIT;" },
      { up: "START TRANSACTION;\nCREATE TABLE users (id bigint PRIMARY KEY);\nEND;", note: "END is COMMIT." },
      {
        up: "BEGIN;\nCREATE TABLE users (id bigint PRIMARY KEY);\nROLLBACK;",
        note: "It ends as it was meant to.",
      },
      {
        up: "CREATE FUNCTION one() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;",
        note: "This BEGIN opens no transaction.",
      },
    ],
  },
  check: {
    statement({ statement, parsed, script, report }) {
      if (statement.index !== parsed.statements.length - 1) return;
      let open: { readonly start: number; readonly end: number } | undefined;
      for (const { node, start, end } of parsed.statements) {
        if (!("TransactionStmt" in node)) continue;
        const { kind, chain } = node.TransactionStmt;
        if (kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START") open ??= { start, end };
        const ends = kind === "TRANS_STMT_COMMIT" || kind === "TRANS_STMT_ROLLBACK";
        if (ends || kind === "TRANS_STMT_PREPARE") open = chain ? { start, end } : undefined;
      }
      // Where the runner wraps the script, its COMMIT ends the transaction.
      if (!open || script.execution.wrapped) return;
      const semicolon = /^\s*;/.exec(parsed.text.slice(statement.end))?.[0] ?? "";
      const at = statement.end + semicolon.length;
      report({
        ...open,
        message: "the transaction that begins here is never committed",
        label: "no COMMIT follows",
        help: "end the script with\n  COMMIT;",
        fix: {
          title: "Commit at the end",
          edits: [
            {
              kind: "replace",
              file: script.file.path,
              start: at,
              end: at,
              text: `${semicolon === "" ? ";" : ""}\nCOMMIT;`,
            },
          ],
        },
      });
    },
  },
});
