import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RoundTrip } from "#core/report/model.ts";

/** Where the real migration folders are; unset where they are not at hand. */
export const corpus = process.env.SWITCHBACK_CORPUS;

interface Drift {
  readonly cls: "real" | "enum-limit" | "rename-only" | "benign";
}

interface TruthMigration {
  readonly id: string;
  readonly up_error?: string;
  readonly up_single_error?: string;
  readonly down_error?: string;
  readonly reup_error?: string;
  readonly drift_down?: Drift;
  readonly drift_reup?: Drift;
}

export interface TruthFolder {
  readonly name: string;
  readonly layout: string;
  readonly prelude: string | null;
  readonly migrations: readonly TruthMigration[];
}

export function truthFolders(root: string): TruthFolder[] {
  const folder = join(root, "truth");
  return readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as TruthFolder)
    .filter(({ layout }) => layout === "golang-migrate");
}

/**
 * What fails in each phase, in the same words for the truth and for us: `up 42601`, `down drift`, `redo 42710`.
 * After a failed up nothing else is compared: the truth goes on with the statements that worked, we stop there.
 */
export function failuresOf(migration: TruthMigration): string[] {
  const up = migration.up_error ?? migration.up_single_error;
  if (up) return [`up ${up.slice(0, 5)}`];
  return [
    ...(migration.down_error ? [`down ${migration.down_error.slice(0, 5)}`] : []),
    ...(migration.drift_down?.cls === "real" ? ["down drift"] : []),
    ...(migration.reup_error ? [`redo ${migration.reup_error.slice(0, 5)}`] : []),
    ...(migration.drift_reup?.cls === "real" ? ["redo drift"] : []),
  ];
}

export function failuresIn({ phases }: RoundTrip): string[] {
  return phases.flatMap(({ phase, error, changes }) => [
    ...(error ? [`${phase} ${error.sqlstate}`] : []),
    ...(changes.some((change) => change.class === "real") ? [`${phase} drift`] : []),
  ]);
}
