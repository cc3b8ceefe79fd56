import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { oneLine } from "../../sql/one-line.ts";
import { existingTable } from "../facts/existing-table.ts";
import { insertFix } from "../help/insert-fix.ts";
import { steps } from "../help/steps.ts";
import { defineRule } from "../rule.ts";

export const domainConstraintScan = defineRule({
  name: "domain-constraint-scan",
  summary: "A constraint on a domain that existing tables use, checked at once.",
  why: "Every row of every table with a column of that domain is read while writes to it are blocked.",
  instead: `Add it for new values only, and validate it in a quiet hour, or not at all:

\`\`\`sql
ALTER DOMAIN email ADD CONSTRAINT email_check CHECK (VALUE LIKE '%@%') NOT VALID;
-- later
ALTER DOMAIN email VALIDATE CONSTRAINT email_check;
\`\`\`

VALIDATE takes the same lock. A CHECK on each table, added as NOT VALID, can be validated while writes go through.`,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "ALTER DOMAIN ADD CONSTRAINT, VALIDATE CONSTRAINT and SET NOT NULL read every column of the domain under SHARE (validateDomainCheckConstraint, src/backend/commands/typecmds.c; manual, ALTER DOMAIN).",
  alsoKnownAs: { squawk: "ban-alter-domain-with-add-constraint" },
  kinds: ["AlterDomainStmt"],
  examples: {
    bad: [
      {
        before: "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email);",
        up: "ALTER DOMAIN email ADD CONSTRAINT email_check CHECK (VALUE LIKE '%@%');",
        down: "ALTER DOMAIN email DROP CONSTRAINT email_check;",
      },
      {
        before: "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email);",
        up: "ALTER DOMAIN email SET NOT NULL;",
        down: "ALTER DOMAIN email DROP NOT NULL;",
      },
    ],
    good: [
      {
        before: "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, mails email[]);",
        up: "ALTER DOMAIN email ADD CONSTRAINT at CHECK (VALUE LIKE '%@%') NOT VALID;",
        down: "ALTER DOMAIN email DROP CONSTRAINT at;",
      },
      {
        before: "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email);",
        up: "ALTER DOMAIN email ADD CONSTRAINT email_check CHECK (VALUE LIKE '%@%') NOT VALID;",
        down: "ALTER DOMAIN email DROP CONSTRAINT email_check;",
      },
      {
        before: "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email text);",
        up: "ALTER DOMAIN email ADD CONSTRAINT email_check CHECK (VALUE LIKE '%@%');",
        down: "ALTER DOMAIN email DROP CONSTRAINT email_check;",
        note: "No column is of that domain.",
      },
      {
        before:
          "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email);\nALTER DOMAIN email ADD CONSTRAINT email_check CHECK (VALUE LIKE '%@%') NOT VALID;",
        up: "ALTER DOMAIN email VALIDATE CONSTRAINT email_check;",
        down: "SELECT 1;",
      },
      {
        before: "CREATE DOMAIN email AS text;",
        up: "CREATE TABLE users (id bigint PRIMARY KEY, email email);\nALTER DOMAIN email ADD CONSTRAINT email_check CHECK (VALUE LIKE '%@%');",
        down: "DROP TABLE users;\nALTER DOMAIN email DROP CONSTRAINT email_check;",
        note: "The one table is new.",
      },
    ],
  },
  check: {
    statement(context) {
      const { statement, outcome } = context;
      if (!("AlterDomainStmt" in statement.node) || outcome.failure) return;
      const { subtype, def, typeName } = statement.node.AlterDomainStmt;
      const check = subtype === "C" && def && "Constraint" in def ? def.Constraint : undefined;
      if (subtype !== "O" && (!check || check.skip_validation)) return;
      const locked = new Set(outcome.locks.flatMap(({ key, mode }) => (mode === "SHARE" ? [key] : [])));
      const tables = [...locked].flatMap((key) => existingTable(context, key) ?? []);
      if (tables.length === 0) return;
      const name = strings(typeName).map(quoteIdentifier).join(".");
      const what = check ? "the constraint" : "SET NOT NULL";
      context.report({
        message: `${what} on the domain ${name} blocks writes to ${tables.map((table) => table.name).join(", ")} while every row is checked`,
        label: "takes SHARE on each table that uses the domain",
        help: check
          ? steps(
              {
                words: "here, for new values only",
                sql: [`${oneLine(context.parsed.text, statement.start, statement.end)} NOT VALID;`],
              },
              {
                words: "in a quiet hour, for it takes the same lock",
                sql: [
                  `ALTER DOMAIN ${name} VALIDATE CONSTRAINT ${quoteIdentifier(check.conname ?? `${lastPart(name)}_check`)};`,
                ],
              },
            )
          : "put a CHECK (… IS NOT NULL) NOT VALID on each table instead, and validate it in the next migration",
        ...(check && { fix: insertFix(context, "Add it as NOT VALID", statement.end, " NOT VALID") }),
      });
    },
  },
});
