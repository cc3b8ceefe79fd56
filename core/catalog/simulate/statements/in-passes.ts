import type { AlterTableCmd, AlterTableType } from "@pgsql/types";

/** PostgreSQL runs the subcommands in passes: drops first, then types, columns, and constraints last. */
export function inPasses(nodes: readonly unknown[]): { command: AlterTableCmd; index: number }[] {
  const commands = nodes.flatMap((node) => {
    const wrapped = node as { AlterTableCmd?: AlterTableCmd };
    return wrapped.AlterTableCmd ? [wrapped.AlterTableCmd] : [];
  });
  return commands
    .map((command, index) => ({ command, index, pass: passOf(command) }))
    .sort((a, b) => a.pass - b.pass || a.index - b.index);
}

const passes: Readonly<Partial<Record<AlterTableType, number>>> = {
  AT_DropColumn: 0,
  AT_DropConstraint: 0,
  AT_DropNotNull: 0,
  AT_DropIdentity: 0,
  AT_DropExpression: 0,
  AT_AlterColumnType: 1,
  AT_AddColumn: 3,
  AT_SetNotNull: 4,
  AT_AddConstraint: 6,
  AT_ColumnDefault: 5,
  AT_AddIdentity: 5,
};

function passOf(command: AlterTableCmd): number {
  if (command.subtype === "AT_AddConstraint" && command.def && "Constraint" in command.def) {
    return command.def.Constraint.contype === "CONSTR_FOREIGN" ? 7 : 6;
  }
  if (command.subtype === "AT_ColumnDefault" && !command.def) return 0;
  return passes[command.subtype ?? "AT_AddColumn"] ?? 8;
}
