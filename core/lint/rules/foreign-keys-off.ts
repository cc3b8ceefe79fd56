import type { Node } from "@pgsql/types";
import type { Statement } from "../../sql/statement.ts";
import { placeOfCommand } from "../facts/command-place.ts";
import { relationName } from "../help/relation-name.ts";
import { defineRule } from "../rule.ts";

export const foreignKeysOff = defineRule({
  name: "foreign-keys-off",
  summary: "Foreign keys are switched off for a load and not switched on again.",
  why: "From here on rows come in that refer to nothing, nobody is told, and a foreign key that is switched on again later does not look at them.",
  instead: `Load in the order of the foreign keys. Where that cannot be, switch them on in the same migration, and look at the rows:

\`\`\`sql
ALTER TABLE orders DISABLE TRIGGER ALL;
INSERT INTO orders SELECT * FROM old_orders;
ALTER TABLE orders ENABLE TRIGGER ALL;
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "DISABLE TRIGGER ALL includes the triggers that check foreign keys, USER does not (manual, ALTER TABLE). With session_replication_role = replica they do not fire either, and SET holds for the whole session: for the next migrations as well, where the tool keeps its connection (manual 19.11.1).",
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER TABLE orders DISABLE TRIGGER ALL;\nINSERT INTO orders VALUES (1);",
        down: "DELETE FROM orders WHERE id = 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "SET session_replication_role = replica;\nINSERT INTO orders VALUES (1);",
        down: "DELETE FROM orders WHERE id = 1;",
      },
    ],
    good: [
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER TABLE orders DISABLE TRIGGER ALL;\nINSERT INTO orders VALUES (1);\nALTER TABLE orders ENABLE TRIGGER ALL;",
        down: "DELETE FROM orders WHERE id = 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "SET session_replication_role = replica;\nINSERT INTO orders VALUES (1);\nRESET session_replication_role;",
        down: "DELETE FROM orders WHERE id = 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "SET session_replication_role = replica;\nINSERT INTO orders VALUES (1);\nSELECT set_config('session_replication_role', 'origin', false);",
        down: "DELETE FROM orders WHERE id = 1;",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "BEGIN;\nSET LOCAL session_replication_role = replica;\nINSERT INTO orders VALUES (1);\nCOMMIT;",
        down: "DELETE FROM orders WHERE id = 1;",
        note: "It ends with the transaction.",
      },
      {
        before: "CREATE TABLE orders (id bigint PRIMARY KEY);",
        up: "ALTER TABLE orders DISABLE TRIGGER USER;",
        down: "ALTER TABLE orders ENABLE TRIGGER USER;",
        note: "Foreign keys stay on.",
      },
    ],
  },
  kinds: ["AlterTableStmt", "VariableSetStmt"],
  check: {
    statement({ statement, outcome, parsed, report }) {
      const change = switched(statement.node);
      if (change?.to !== "off" || outcome.failure) return;
      const later = parsed.statements.filter(({ index }) => index > statement.index);
      const setAgain = ({ node, start, end }: Statement) =>
        (switched(node)?.to === "on" && switched(node)?.where === change.where) ||
        (change.where === session && parsed.text.slice(start, end).toLowerCase().includes(session));
      if (later.some(setAgain)) return;
      report({
        ...placeOfCommand(parsed, statement, ({ subtype }) => subtype === "AT_DisableTrigAll"),
        message:
          change.where === session
            ? "no trigger fires and no foreign key is checked in this session any more, whatever it runs next"
            : `no trigger of ${change.where} fires any more, and its foreign keys are not checked`,
        label: "switched off for good",
        help: `switch them on again where the load ends\n  ${change.where === session ? `RESET ${session};` : `ALTER TABLE ${change.where} ENABLE TRIGGER ALL;`}`,
      });
    },
  },
});

const session = "session_replication_role";

/** What a statement does with the checks of a table, or of the whole session. */
function switched(node: Node): { where: string; to: "on" | "off" } | undefined {
  if ("VariableSetStmt" in node) {
    const { name, kind, args, is_local } = node.VariableSetStmt;
    if (kind === "VAR_RESET_ALL") return { where: session, to: "on" };
    if (name?.toLowerCase() !== session || is_local) return undefined;
    const value = args?.[0] && "A_Const" in args[0] ? args[0].A_Const.sval?.sval : undefined;
    return { where: session, to: value?.toLowerCase() === "replica" ? "off" : "on" };
  }
  if ("DiscardStmt" in node) return { where: session, to: "on" };
  if (!("AlterTableStmt" in node)) return undefined;
  const { relation, cmds } = node.AlterTableStmt;
  const where = relationName(relation ?? {});
  for (const command of cmds ?? []) {
    const subtype = "AlterTableCmd" in command ? command.AlterTableCmd.subtype : undefined;
    if (subtype === "AT_DisableTrigAll") return { where, to: "off" };
    if (subtype === "AT_EnableTrigAll") return { where, to: "on" };
  }
  return undefined;
}
