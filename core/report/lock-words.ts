import type { RoundTrip, TracedLock } from "./model.ts";

/** What going up locks on tables that were there before, strongest first; what blocks nothing is left out. */
export interface LockNote {
  /** `ACCESS EXCLUSIVE` */
  readonly mode: string;
  /** `users`; outside of `public` with its schema. */
  readonly object: string;
  readonly rewritten: boolean;
  /** Every row is read while nobody can write. */
  readonly scanned: boolean;
  readonly blocksWrites: boolean;
}

export function lockNotes({ locks = [] }: RoundTrip): LockNote[] {
  const up = locks.filter(({ direction }) => direction === "up");
  const scanned = new Set(up.flatMap(({ scans }) => scans.map(({ object }) => object)));
  const blocking = up.flatMap((trace) => trace.locks).filter((lock) => lock.blocks.length > 0);
  const tables = blocking.filter(({ kind }) => kind !== "index" && kind !== "sequence");
  const byObject = new Map<string, TracedLock>();
  for (const lock of tables.length > 0 ? tables : blocking) {
    const known = byObject.get(lock.object);
    // A statement that takes more on what is locked already is told later.
    const rewritten = lock.rewritten || known?.rewritten === true;
    byObject.set(lock.object, { ...lock, rewritten });
  }
  return [...byObject.values()]
    .toSorted((a, b) => b.blocks.length - a.blocks.length || Number(b.rewritten) - Number(a.rewritten))
    .map(({ mode, object, rewritten, blocks }) => {
      const blocksWrites = blocks.includes("writes");
      return {
        mode,
        object: object.replace(/^public\./, ""),
        rewritten,
        scanned: blocksWrites && scanned.has(object),
        blocksWrites,
      };
    });
}

/** "ACCESS EXCLUSIVE on users, rewrites it; SHARE ROW EXCLUSIVE on orders"; undefined where there is nothing to say. */
export function lockWords(roundTrip: RoundTrip): string | undefined {
  const notes = lockNotes(roundTrip);
  if (notes.length === 0) return undefined;
  const shown = notes.slice(0, most).map((note) => `${note.mode} on ${note.object}${workWords(note)}`);
  const rest = notes.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join("; ");
}

const most = 3;

export function workWords({ rewritten, scanned }: LockNote): string {
  return rewritten ? ", rewrites it" : scanned ? ", reads all of it" : "";
}
