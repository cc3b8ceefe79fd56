import { blocks, type LockMode, lockModes } from "../../catalog/locks.ts";
import { EngineLostError, PostgresError } from "../../postgres/session.ts";
import type { Scan, TracedLock } from "../../report/model.ts";
import type { LockedRelation, Look } from "./look.ts";
import type { FilePlace, Relation, Relations } from "./relations.ts";
import { type TracedStatement, untraced } from "./traced-statement.ts";

interface Seen {
  readonly strength: number;
  readonly file: FilePlace;
  readonly scans: number;
  readonly read: number;
  readonly written: number;
}

/** What was seen after one statement. */
export interface Observation {
  readonly sql: string;
  readonly look: Look;
}

export function observed(sql: string, look: Look | undefined): Observation | TracedStatement {
  return look ? { sql, look } : untraced("the file resets what was noted of it");
}

/**
 * Tells of each statement of a transaction, in order, what is new after it. A lock is told of the first statement that
 * takes it; it is held until the transaction ends. One question for all of them, to be asked before anything is committed.
 */
export async function tellLooks(
  relations: Relations,
  steps: readonly (Observation | TracedStatement)[],
): Promise<TracedStatement[]> {
  const oids = new Set(
    steps.flatMap((step) => ("look" in step ? step.look.relations.map(({ oid }) => oid) : [])),
  );
  try {
    const existing = await relations.of([...oids]);
    const seen = new Map<string, Seen>();
    return steps.map((step) => ("look" in step ? tellOne(step, existing, seen) : step));
  } catch (error) {
    if (!(error instanceof PostgresError || error instanceof EngineLostError)) throw error;
    return steps.map((step) => ("look" in step ? untraced(error.message) : step));
  }
}

/** `seen`: what the steps before left, which this one adds to. */
function tellOne(
  { sql, look }: Observation,
  existing: ReadonlyMap<string, Relation>,
  seen: Map<string, Seen>,
): TracedStatement {
  const locks: TracedLock[] = [];
  const scans: Scan[] = [];
  let rowsWritten = 0;
  for (const locked of look.relations) {
    const relation = existing.get(locked.oid);
    if (!relation) continue;
    const before = seen.get(locked.oid) ?? unseen(relation);
    const now = seenIn(locked, before);
    seen.set(locked.oid, now);
    const mode = lockModes[now.strength];
    const rewritten = isRewritten(relation, before, now, sql);
    if (mode && (now.strength > before.strength || rewritten)) locks.push(lockOn(relation, mode, rewritten));
    rowsWritten += Math.max(0, now.written - before.written);
    if (isTable(relation) && now.scans > before.scans && !truncates.test(sql))
      scans.push({ object: relation.name, rows: Math.max(0, now.read - before.read) });
  }
  scans.sort((a, b) => (a.object < b.object ? -1 : 1));
  return { locks: strongestFirst(locks), scans, rowsWritten, ms: look.ms };
}

export function lockOn({ name, kind }: Relation, mode: LockMode, rewritten: boolean): TracedLock {
  const { reads, writes } = blocks(mode);
  const ddl = lockModes.indexOf(mode) >= lockModes.indexOf("SHARE UPDATE EXCLUSIVE");
  return {
    object: name,
    kind,
    mode,
    blocks: [
      ...(reads ? ["reads" as const] : []),
      ...(writes ? ["writes" as const] : []),
      ...(ddl ? ["DDL" as const] : []),
    ],
    rewritten,
  };
}

export function strongestFirst(locks: readonly TracedLock[]): TracedLock[] {
  const strength = ({ mode }: TracedLock) => lockModes.indexOf(mode as LockMode);
  return locks.toSorted((a, b) => strength(b) - strength(a) || (a.object < b.object ? -1 : 1));
}

/** `AccessExclusiveLock` → `ACCESS EXCLUSIVE` */
export function strengthOf(mode: string): number {
  const words = mode.replace(/Lock$/, "").replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");
  return lockModes.indexOf(words.toUpperCase() as LockMode);
}

export function isTable({ kind }: Relation): boolean {
  return kind === "table" || kind === "materialized view";
}

/** TRUNCATE gives a new file that is empty, SET TABLESPACE copies the old one as it is. */
export function isRewritten(
  { kind }: Relation,
  before: Pick<Relation, "file">,
  now: Pick<Relation, "file">,
  sql: string,
): boolean {
  const [was, is] = [before.file, now.file];
  if (kind === "sequence" || is.name === was.name || is.folder !== was.folder) return false;
  return !truncates.test(sql);
}

/** It builds the empty indexes anew, which looks like reading the table. */
const truncates = /^\s*truncate\b/i;

function unseen({ file }: Relation): Seen {
  return { strength: -1, file, scans: 0, read: 0, written: 0 };
}

function seenIn({ modes, file, scans, read, written }: LockedRelation, before: Seen): Seen {
  return {
    strength: Math.max(before.strength, ...modes.map(strengthOf)),
    // What was dropped has no file to compare.
    file: file ?? before.file,
    scans,
    read,
    written,
  };
}
