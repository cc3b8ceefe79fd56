import type { Scan, TracedLock } from "../../report/model.ts";

/** What one statement did to relations that existed before its migration. */
export interface TracedStatement {
  readonly locks: readonly TracedLock[];
  readonly scans: readonly Scan[];
  readonly rowsWritten: number;
  /** Milliseconds. */
  readonly ms: number;
  /** Why there is nothing to tell. */
  readonly untraced?: string;
}

export function untraced(reason: string, ms = 0): TracedStatement {
  return { locks: [], scans: [], rowsWritten: 0, ms, untraced: reason };
}
