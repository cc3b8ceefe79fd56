import type { Scan, TracedLock } from "../../report/model.ts";
import type { Limits, TextRun } from "../run-script.ts";

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

/** Why a statement did not get to its end, in words. */
export function reasonOf(run: Exclude<TextRun, { kind: "done" }>, { timeoutMs }: Limits): string {
  if (run.kind === "failed") return run.error.message;
  return run.kind === "timed-out"
    ? `still running after ${timeoutMs / 1000} s`
    : "the connection to PostgreSQL was lost";
}
