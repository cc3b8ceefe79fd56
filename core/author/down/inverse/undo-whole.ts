import type { AlterTableStmt, Node } from "@pgsql/types";
import { nameIn } from "../../../catalog/key-parts.ts";
import { quoteIdentifier } from "../../../catalog/quote-identifier.ts";
import type { Outcome } from "../../../catalog/simulate/outcome.ts";
import { setFiring } from "./create-object.ts";
import { exact, type ProposedStatement } from "./proposed.ts";
import type { Touched } from "./undo-step.ts";

/** Statements whose inverse says the same the other way round, where what they touch one by one says it worse. */
export function undoWhole(node: Node, outcome: Outcome, before: Touched): ProposedStatement[] | undefined {
  if ("RenameStmt" in node) return undoViewColumn(node.RenameStmt, outcome);
  return "AlterTableStmt" in node ? undoDisabled(node.AlterTableStmt, outcome, before) : undefined;
}

/** ALTER VIEW … RENAME COLUMN: a view cannot be replaced by one with other names. */
function undoViewColumn(
  { renameType, subname = "", newname = "" }: { renameType?: string; subname?: string; newname?: string },
  { effects, failure }: Outcome,
): ProposedStatement[] | undefined {
  const [only] = effects;
  const kind = only && /^(?:materialized )?view(?= )/.exec(only.key)?.[0];
  if (renameType !== "OBJECT_COLUMN" || !kind || failure) return undefined;
  const [now, former] = [newname, subname].map(quoteIdentifier);
  return [exact(`ALTER ${kind.toUpperCase()} ${nameIn(only.key)} RENAME COLUMN ${now} TO ${former}`)];
}

/** DISABLE TRIGGER ALL switches foreign keys off, on both of their tables. */
function undoDisabled(
  { cmds = [] }: AlterTableStmt,
  { locks, failure }: Outcome,
  before: Touched,
): ProposedStatement[] | undefined {
  const [command, ...more] = cmds.flatMap((it) => ("AlterTableCmd" in it ? [it.AlterTableCmd] : []));
  const [table] = locks;
  if (command?.subtype !== "AT_DisableTrigAll" || more.length > 0 || !table || failure) return undefined;
  const otherwise = [...before.values()].filter(
    (was) => was?.kind === "trigger" && was.attributes.enabled !== undefined,
  );
  return [
    exact(`ALTER TABLE ${nameIn(table.key)} ENABLE TRIGGER ALL`),
    ...otherwise.flatMap((was) => (was?.kind === "trigger" ? [setFiring(was)] : [])),
  ];
}
