import type { Migration } from "../migration/model.ts";
import type { FolderReading } from "../migration/read-migrations.ts";
import { versionKey } from "../migration/version.ts";
import type { FileEdit } from "../report/model.ts";
import { spelledAnew } from "./rename-plan.ts";
import { compareSpelt, highestVersion, isCountable, versionAfter } from "./version-after.ts";

export interface Move {
  /** `000012_add_user_status` */
  readonly name: string;
  readonly version: string;
  /** Why it moves: "000012 is on main as 000012_users". */
  readonly reason: string;
  readonly edits: readonly FileEdit[];
}

export interface RenumberPlan {
  readonly moves: readonly Move[];
  /** What cannot be resolved: two merged migrations with one version. */
  readonly stuck: readonly string[];
}

/** The same folder on the base branch. */
export interface BaseFolder {
  readonly ref: string;
  readonly reading: FolderReading;
}

/**
 * Resolves versions that are used twice, and those below the newest on the base branch, by moving unmerged migrations
 * behind the highest. A migration that is on the base branch never moves; unmerged ones keep their order among each
 * other, for the later may build on the earlier.
 */
export function renumberPlan(head: FolderReading, base: BaseFolder | undefined): RenumberPlan {
  const merged = new Set(base?.reading.files.map(({ file }) => file.path));
  const isMerged = (migration: Migration) => filesOf(migration).some((path) => merged.has(path));
  const counted = head.migrations.filter(({ version }) => isCountable(version));
  const reasons = new Map<Migration, string>();
  const stuck: string[] = [];
  for (const [index, migration] of counted.entries()) {
    const reason = againstBase(head, base, migration) ?? twice(counted, index, isMerged);
    if (reason === undefined) continue;
    if (isMerged(migration)) stuck.push(`${migration.name} is on ${base?.ref} and cannot move: ${reason}`);
    else reasons.set(migration, reason);
  }
  const first = counted.findIndex((migration) => reasons.has(migration));
  // Without a base nobody knows what was applied already: only what must move does.
  const moved = counted.filter(
    (migration, index) =>
      reasons.has(migration) || (base !== undefined && first >= 0 && index > first && !isMerged(migration)),
  );
  const staying = counted.filter((migration) => !moved.includes(migration));
  let last =
    highestVersion(
      [
        ...staying,
        ...(base?.reading.migrations ?? []),
        ...[head, base?.reading].flatMap((it) => it?.programs ?? []),
      ].map(({ version }) => version),
    ) ?? "0";
  const moves: Move[] = [];
  for (const migration of moved) {
    last = follower(last, migration.version);
    // Behind the others already, and free.
    if (!reasons.has(migration) && compareSpelt(migration.version, last) >= 0) {
      last = migration.version;
      continue;
    }
    const reason = reasons.get(migration) ?? "it stays behind the one before it";
    const edits = spelledAnew(head, migration, { version: last }, base?.reading);
    moves.push({ name: migration.name, version: last, reason, edits });
  }
  return { moves, stuck };
}

function againstBase(
  { layout }: FolderReading,
  base: BaseFolder | undefined,
  migration: Migration,
): string | undefined {
  if (!base) return undefined;
  const theirs = base.reading.migrations.filter(({ version }) => isCountable(version));
  const own = new Set(filesOf(migration));
  const same = theirs.filter(({ key }) => key === migration.key);
  if (same.some((it) => filesOf(it).some((path) => own.has(path)))) return undefined;
  // The missing half of a migration that is merged.
  if (same.some((it) => it.title === migration.title && (!it.up || !it.down))) return undefined;
  if (same[0]) return `its version is ${same[0].name} on ${base.ref}`;
  const newest = theirs.at(-1);
  if (!newest || layout.compare(migration.key, newest.key) > 0) return undefined;
  return `it is older than ${newest.name} on ${base.ref}`;
}

/** Of several with one version the merged one stays, or else the first. */
function twice(
  all: readonly Migration[],
  index: number,
  isMerged: (migration: Migration) => boolean,
): string | undefined {
  const migration = all[index];
  const same = all.filter(({ key }) => key === migration?.key);
  if (!migration || same.length < 2) return undefined;
  const stays = same.find(isMerged) ?? same[0];
  return stays && stays !== migration ? `its version is also that of ${stays.name}` : undefined;
}

function follower(last: string, like: string): string {
  if (!/^\d+$/.test(last)) return versionAfter(last);
  return versionAfter(versionKey(last)).padStart(/^\d+$/.test(like) ? like.length : 0, "0");
}

function filesOf({ up, down }: Migration): string[] {
  return [up, down].flatMap((script) => (script ? [script.file.path] : []));
}
