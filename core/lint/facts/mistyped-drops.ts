import { diffSince } from "../../catalog/diff.ts";
import { kindIn } from "../../catalog/key-parts.ts";
import { keyOf, type ObjectKey } from "../../catalog/model.ts";
import type { Outcome } from "../../catalog/simulate/outcome.ts";
import type { Statement } from "../../sql/statement.ts";
import type { MigrationContext } from "../rule.ts";
import { nearestKey } from "./nearest-key.ts";
import { isDoubtful, isFollowed, isMisspelt } from "./sure-failure.ts";

/** A DROP IF EXISTS of the down that names what was not there when the down began. */
export interface MistypedDrop {
  readonly statement: Statement;
  readonly key: ObjectKey;
  /** What was probably meant: of the same kind, alike in name, and left behind by the down. */
  readonly meant?: ObjectKey;
}

export function mistypedDrops(context: MigrationContext): MistypedDrop[] {
  const { up, down } = context;
  // An up that was emptied later leaves a down that undoes nothing, on purpose.
  if (!down || !up || up.steps.length === 0 || !isFollowed(context)) return [];
  const found: Omit<MistypedDrop, "meant">[] = [];
  for (const { statement, outcome } of down.steps) {
    for (const key of dropsOfNothing(statement, outcome)) {
      if (wasThere(context, key) || isDoubtful(context, key)) continue;
      if (context.isUnseen(key) && !isMisspelt(context, key)) continue;
      found.push({ statement, key });
    }
  }
  if (found.length === 0) return [];
  const left = leftBehind(context);
  return found.flatMap((drop): MistypedDrop[] => {
    const meant = nearestKey(drop.key, left);
    if (meant !== undefined) return [{ ...drop, meant }];
    // A constraint that has several names in several databases is dropped by each of them.
    return "AlterTableStmt" in drop.statement.node ? [] : [drop];
  });
}

/** What DROP IF EXISTS, or DROP COLUMN and DROP CONSTRAINT IF EXISTS, passed over. */
function dropsOfNothing({ node }: Statement, { skipped }: Outcome): readonly ObjectKey[] {
  if ("DropStmt" in node) return skipped;
  return "AlterTableStmt" in node ? skipped.filter((key) => /^(column|constraint) /.test(key)) : [];
}

/** What somebody probably meant by a name that is not there: alike, and left behind by the down, or changed by the up. */
export function meantBy(context: MigrationContext, key: ObjectKey): ObjectKey | undefined {
  return nearestKey(key, leftBehind(context)) ?? nearestKey(key, touchedByUp(context));
}

/** The same of a name that a statement uses: there, all that is there is meant as likely. */
export function usedInstead(context: MigrationContext, key: ObjectKey): ObjectKey | undefined {
  const there = [...context.catalog.objects()].flatMap(({ kind, name }) =>
    kind === kindIn(key) && kind === "table" ? [keyOf(kind, name)] : [],
  );
  return meantBy(context, key) ?? nearestKey(key, there);
}

function touchedByUp({ catalog, start, afterUp, up }: MigrationContext): ObjectKey[] {
  const keys = (up?.steps ?? []).flatMap(({ outcome: { effects } }) =>
    effects.map((effect) => (effect.action === "rename" ? effect.to : effect.key)),
  );
  return [...new Set(keys)].filter(
    (key) => catalog.atSavepoint(start, key) !== undefined && catalog.atSavepoint(afterUp, key) !== undefined,
  );
}

function leftBehind(context: MigrationContext): ObjectKey[] {
  return diffSince(context.catalog, context.start, "after down")
    .filter((change) => change.class === "real" && change.before === null)
    .map((change) => `${change.kind} ${change.object}`);
}

/** It exists, or did before the down or the up took it, or a part of it went with something else. */
function wasThere({ catalog, afterUp, start }: MigrationContext, key: ObjectKey): boolean {
  return catalog.atSavepoint(afterUp, key) !== undefined || catalog.atSavepoint(start, key) !== undefined;
}
