import { duplicateVersion } from "../lint/rules/duplicate-version.ts";
import { missingUp } from "../lint/rules/missing-up.ts";
import { sequenceGap } from "../lint/rules/sequence-gap.ts";
import type { Migration } from "../migration/model.ts";
import { versionKey } from "../migration/version.ts";
import type { Finding } from "../report/model.ts";
import type { History } from "./history.ts";
import { duplicateOnBase, immutableMigration } from "./rules.ts";
import { versionedFiles } from "./versioned-file.ts";

/** What lint says, without what the history tells better, as it knows which migration is merged. `told`: what it says. */
export function withoutTold(
  linted: readonly Finding[],
  told: readonly Finding[],
  history: Pick<History, "head" | "base" | "changes" | "programs">,
): readonly Finding[] {
  return withoutDuplicates(withoutKnownHoles(linted, told, history), told, history);
}

/** A version that the base has too is told with which of them moves. */
function withoutDuplicates(
  linted: readonly Finding[],
  told: readonly Finding[],
  { head, base }: Pick<History, "head" | "base">,
): readonly Finding[] {
  const settled = new Set(
    told.flatMap(({ rule, migration }) => (rule === duplicateOnBase.name ? [migration] : [])),
  );
  if (settled.size === 0) return linted;
  const merged = new Set(versionedFiles(base).map(({ path }) => path));
  const names = new Map(versionedFiles(head).map(({ path, name }) => [path, name]));
  return linted.filter(
    ({ rule, related = [] }) =>
      rule !== duplicateVersion.name ||
      !related.every(({ location: { file } }) => merged.has(file) || settled.has(names.get(file))),
  );
}

/**
 * A merged migration that this change took away is told with how to bring it back: one cause, one finding. One that the base
 * has got meanwhile is not missing.
 */
function withoutKnownHoles(
  linted: readonly Finding[],
  told: readonly Finding[],
  { head, base, changes, programs }: Pick<History, "head" | "base" | "changes" | "programs">,
): readonly Finding[] {
  const names = new Set(
    told.flatMap(({ rule, migration }) => (rule === immutableMigration.name ? [migration] : [])),
  );
  const upsNow = new Set(head.flatMap(({ key, up }) => (up ? [key] : [])));
  const absent = base.filter(({ key }) => !upsNow.has(key));
  if (absent.length === 0) return linted;
  const taken = new Set(changes.map((change) => (change.kind === "renamed" ? change.from : change.path)));
  const gone = keysOf(absent.filter(({ name }) => names.has(name)));
  // Back at its version it leaves no hole before the one that it took.
  const moved = new Set(told.flatMap(({ rule, file }) => (rule === immutableMigration.name ? [file] : [])));
  const toCome = keysOf(absent.filter(({ up }) => up && !taken.has(up.file.path)));
  const known = new Set([...gone, ...toCome, ...programs.map(versionKey)]);
  return linted.filter(({ rule, migration }) => {
    const at = head.findIndex(({ name }) => name === migration);
    const found = head[at];
    if (!found) return true;
    if (rule === missingUp.name) return !gone.has(found.key);
    if (rule !== sequenceGap.name) return true;
    if (found.up && moved.has(found.up.file.path)) return false;
    const before = head.slice(0, at).findLast(({ key, up }) => up !== undefined && /^\d+$/.test(key));
    return !before || !allBetween(before.key, found.key, known);
  });
}

function keysOf(migrations: readonly Migration[]): Set<string> {
  return new Set(migrations.map(({ key }) => key));
}

function allBetween(from: string, to: string, keys: ReadonlySet<string>): boolean {
  for (let version = BigInt(from) + 1n; version < BigInt(to); version++)
    if (!keys.has(String(version))) return false;
  return true;
}
