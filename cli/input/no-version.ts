import type { FolderReading } from "#core/migration/read-migrations.ts";
import { runOnce } from "#core/migration/run-once.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";

/** A version that the folder does not have, and which ones it has. */
export function noVersion(reading: FolderReading, version: string): CannotRun {
  const once = runOnce(reading);
  const [first, last] = [once[0]?.version, once.at(-1)?.version];
  const range =
    first === undefined
      ? "it holds no migration"
      : first === last
        ? `it has ${first} alone`
        : `it goes from ${first} to ${last}`;
  return cannotRun(`${reading.folder} has no version ${version === "" ? '""' : version}, ${range}`);
}
