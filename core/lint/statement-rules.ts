import type { Direction } from "../migration/model.ts";
import type { NodeKind } from "../sql/statement.ts";
import type { ActiveRule } from "./select-rules.ts";

/** Which rules look at a statement of this kind, in a script of this direction. */
export type StatementRules = (direction: Direction, kind: NodeKind) => readonly ActiveRule[];

/** Asked once for each statement, answered once for each kind. */
export function statementRules(active: readonly ActiveRule[]): StatementRules {
  const known = new Map<string, readonly ActiveRule[]>();
  return (direction, kind) => {
    const key = `${direction} ${kind}`;
    const found = known.get(key) ?? active.filter(({ rule }) => looksAt(rule, direction, kind));
    known.set(key, found);
    return found;
  };
}

function looksAt(
  { check, directions, kinds }: ActiveRule["rule"],
  direction: Direction,
  kind: NodeKind,
): boolean {
  if (!check.statement || !(directions ?? ["up"]).includes(direction)) return false;
  return !kinds || kinds.includes(kind);
}
