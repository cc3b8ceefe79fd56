import { nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { ProposedStatement } from "./inverse/proposed.ts";
import type { Step } from "./replay.ts";

/** What takes one step back. */
export interface Undone {
  readonly savepoint: number;
  readonly widened: ReadonlySet<ObjectKey>;
  statements: ProposedStatement[];
  readonly renamed: Rename | undefined;
}

export interface Rename {
  readonly key: ObjectKey;
  readonly to: ObjectKey;
}

/** Parts that moved with their table move back with it. ADD CONSTRAINT … USING INDEX renames as well, and does more. */
export function renameOf({ outcome, statement }: Step): Rename | undefined {
  if (statement.kind === "AlterTableStmt") return undefined;
  const [renamed] = outcome.effects.filter((effect) => effect.action === "rename");
  return renamed;
}

/** What the script makes is doomed under its new name, with its parts; the former one may be another's now. */
export function followRename(doomed: Set<ObjectKey>, { key, to }: Rename): void {
  if (!doomed.delete(key)) return;
  doomed.add(to);
  const [was, is] = [nameIn(key), nameIn(to)];
  for (const part of [...doomed]) {
    const name = nameIn(part);
    if (!name.startsWith(`${was}.`)) continue;
    doomed.delete(part);
    doomed.add(part.slice(0, part.length - name.length) + is + name.slice(was.length));
  }
}

/** What the script makes, renames and drops again is not there to be called as before. */
export function forgetRenames(
  undone: readonly Undone[],
  dropped: ObjectKey,
  doomed: ReadonlySet<ObjectKey>,
): void {
  if (!doomed.has(dropped)) return;
  let name = dropped;
  for (const step of [...undone].reverse()) {
    if (step.renamed?.to !== name) continue;
    name = step.renamed.key;
    step.statements = [];
  }
}
