import { replay, type Step, steps } from "#core/author/down/replay.ts";
import { nameIn } from "#core/catalog/key-parts.ts";
import { blocks, lockModes } from "#core/catalog/locks.ts";
import { keyOf, type ObjectKey } from "#core/catalog/model.ts";
import { plainName } from "#core/catalog/plain-name.ts";
import type { Migration } from "#core/migration/model.ts";
import { loadParser } from "#core/sql/parse.ts";
import { positionAt } from "#core/sql/position-at.ts";
import type { LockedTable, StatementLocks } from "./methods.ts";

const weakest = lockModes.indexOf("SHARE UPDATE EXCLUSIVE");

/** What each statement of a migration locks that was there before its script, from the statements alone. */
export async function statementLocks(
  migrations: readonly Migration[],
  migration: Migration,
  postgres: number,
): Promise<StatementLocks[]> {
  await loadParser();
  const simulation = replay(migrations, migration, postgres);
  const found: StatementLocks[] = [];
  for (const script of [migration.up, migration.down]) {
    if (!script) continue;
    const { text, path } = script.file;
    const existing = new Set([...simulation.catalog.objects()].map(({ kind, name }) => keyOf(kind, name)));
    for (const step of steps(simulation, migration, script)) {
      const locks = lockedTables(step, existing);
      if (locks.length === 0) continue;
      const { start, end } = step.statement;
      const range = {
        start: positionAt(text, script.start + start),
        end: positionAt(text, script.start + end),
      };
      found.push({ file: path, range, locks });
    }
  }
  return found;
}

function lockedTables({ outcome }: Step, existing: ReadonlySet<ObjectKey>): LockedTable[] {
  const byKey = new Map<ObjectKey, LockedTable>();
  for (const { key, mode, rewrite, scan } of outcome.locks) {
    if (!existing.has(key) || lockModes.indexOf(mode) < weakest) continue;
    const known = byKey.get(key);
    const isStronger = !known || lockModes.indexOf(mode) > lockModes.indexOf(known.mode);
    byKey.set(key, {
      object: plainName(nameIn(key)),
      mode: isStronger ? mode : known.mode,
      blocks: isStronger ? blocks(mode) : known.blocks,
      rewritten: rewrite === true || known?.rewritten === true,
      scanned: scan === true || known?.scanned === true,
    });
  }
  return [...byKey.values()];
}
