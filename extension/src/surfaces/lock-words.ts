import type { LockedTable } from "../analysis/methods.ts";

/** "ACCESS EXCLUSIVE on users, rewrites it": for a lens, where there is room for a few words. */
export function lockSummary(locks: readonly LockedTable[]): string {
  return locks.map((lock) => `${lock.mode} on ${lock.object}${work(lock)}`).join("; ");
}

/** What an application notices, as a sentence. */
export function lockSentence({ blocks, rewritten, scanned }: LockedTable): string {
  const blocked = blocks.reads
    ? "Nobody can read or write it"
    : blocks.writes
      ? "Nobody can write it, reads go on"
      : "Reads and writes go on, other changes of the schema wait";
  const how = rewritten ? " while every row is written anew" : scanned ? " while every row is read" : "";
  return `${blocked}${how}.`;
}

function work({ rewritten, scanned, blocks }: LockedTable): string {
  return rewritten ? ", rewrites it" : scanned && blocks.writes ? ", reads all of it" : "";
}
