import type { AlterTableCmd, Node } from "@pgsql/types";
import type { StatementContext } from "../rule.ts";

/** Subcommands on the same table in the statements behind this one, as tools write them that alter a column in steps. */
export function laterCommands({ parsed, statement }: StatementContext): AlterTableCmd[] {
  const table = relationOf(statement.node);
  return parsed.statements
    .filter(({ index, node }) => index > statement.index && relationOf(node) === table)
    .flatMap(({ node }) => commandsOf(node));
}

export function commandsOf(node: Node): AlterTableCmd[] {
  const commands = "AlterTableStmt" in node ? (node.AlterTableStmt.cmds ?? []) : [];
  return commands.flatMap((it) => ("AlterTableCmd" in it ? [it.AlterTableCmd] : []));
}

function relationOf(node: Node): string | undefined {
  return "AlterTableStmt" in node ? node.AlterTableStmt.relation?.relname : undefined;
}
