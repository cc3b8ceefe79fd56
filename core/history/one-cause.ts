import { missingUp } from "../lint/rules/missing-up.ts";
import { sequenceGap } from "../lint/rules/sequence-gap.ts";
import type { Migration } from "../migration/model.ts";
import type { Finding } from "../report/model.ts";
import { immutableMigration } from "./rules.ts";

/**
 * One cause, one finding: a merged migration that this change took away is told with how to bring it back, so the hole that
 * it leaves in the folder is not told too. `told`: what the history says.
 */
export function withoutTold(
  linted: readonly Finding[],
  told: readonly Finding[],
  head: readonly Migration[],
  base: readonly Migration[],
): readonly Finding[] {
  const names = new Set(
    told.flatMap(({ rule, migration }) => (rule === immutableMigration.name ? [migration] : [])),
  );
  if (names.size === 0) return linted;
  const upsNow = new Set(head.flatMap(({ key, up }) => (up ? [key] : [])));
  const gone = new Set(base.flatMap(({ key, name }) => (names.has(name) && !upsNow.has(key) ? [key] : [])));
  return linted.filter(({ rule, migration }) => {
    const at = head.findIndex(({ name }) => name === migration);
    const found = head[at];
    if (!found) return true;
    if (rule === missingUp.name) return !gone.has(found.key);
    if (rule !== sequenceGap.name) return true;
    const before = head.slice(0, at).findLast(({ key, up }) => up !== undefined && /^\d+$/.test(key));
    return !before || !allBetween(before.key, found.key, gone);
  });
}

function allBetween(from: string, to: string, keys: ReadonlySet<string>): boolean {
  for (let version = BigInt(from) + 1n; version < BigInt(to); version++)
    if (!keys.has(String(version))) return false;
  return true;
}
