import type {
  Change,
  Finding,
  Phase,
  Report,
  RoundTrip,
  RowProof,
  RunError,
  Shard,
  StatementTrace,
  UnsafeRerun,
  WalkDown,
} from "./model.ts";

/** A round trip as machines read it: flat, with the first failure beside all timings. */
export interface JsonRoundTrip {
  readonly version: string;
  readonly name: string;
  readonly status: RoundTrip["verdict"]["status"];
  /** Why it is irreversible or was skipped. */
  readonly reason?: string;
  /** The phase that timed out or lost the server. */
  readonly phase?: Phase;
  /** Columns whose data the way down and up again loses. */
  readonly columns?: readonly string[];
  readonly changes: readonly (Change & { readonly phase: Phase })[];
  readonly error?: JsonError;
  /** Every error, where later phases failed as well. */
  readonly errors: readonly JsonError[];
  /** What rows in the tables brought to light; absent where that was not tried. */
  readonly rows?: RowProof;
  /** What each statement locks, rewrites, scans and writes; absent where that was not traced. */
  readonly locks?: readonly StatementTrace[];
  /** Scripts that are not safe to run twice in a row; absent where that was not tried. */
  readonly rerun?: readonly UnsafeRerun[];
  /** Milliseconds; `total` is wall time with the catalog read. */
  readonly timings: Partial<Record<Phase, number>> & { readonly total: number };
}

export interface JsonError {
  readonly phase: Phase;
  readonly sqlstate: string | null;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** It fails only where the tables have rows. */
  readonly onRows?: true;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** The report as one documented object; `json-schema.ts` describes it. */
export interface JsonReport extends Pick<Report, "version" | "layout" | "folder" | "migrations" | "summary"> {
  readonly engine: Report["engine"] | null;
  /** Why nothing was proved although it should have been. */
  readonly unproved?: string;
  readonly findings: readonly Finding[];
  readonly roundTrips: readonly JsonRoundTrip[];
  readonly walkDown?: WalkDown;
  /** What migrations made beside their database on a server that outlives the run; it was removed at the end. */
  readonly clusterObjects?: readonly string[];
  readonly shard?: Shard;
}

export function toJson(report: Report): JsonReport {
  const { version, layout, folder, engine, unproved, migrations, findings, roundTrips, summary } = report;
  const { walkDown, clusterObjects, shard } = report;
  return {
    version,
    layout,
    folder,
    engine: engine ?? null,
    ...(unproved === undefined ? {} : { unproved }),
    migrations,
    findings,
    roundTrips: roundTrips.map(toJsonRoundTrip),
    ...(walkDown ? { walkDown } : {}),
    ...(clusterObjects ? { clusterObjects } : {}),
    ...(shard ? { shard } : {}),
    summary,
  };
}

export function renderJson(report: Report): string {
  return `${JSON.stringify(toJson(report), null, 2)}\n`;
}

function toJsonRoundTrip({
  version,
  name,
  verdict,
  phases,
  ms,
  rows,
  locks,
  rerun,
}: RoundTrip): JsonRoundTrip {
  const errors = phases.flatMap(({ phase, error }) => (error ? [toJsonError(phase, error)] : []));
  const { status, ...more } = verdict;
  return {
    version,
    name,
    status,
    ...more,
    changes: phases.flatMap(({ phase, changes }) => changes.map((change) => ({ phase, ...change }))),
    ...(errors[0] ? { error: errors[0] } : {}),
    errors,
    ...(rows ? { rows } : {}),
    ...(locks ? { locks } : {}),
    ...(rerun ? { rerun } : {}),
    timings: { ...Object.fromEntries(phases.map(({ phase, ms }) => [phase, ms])), total: ms },
  };
}

function toJsonError(phase: Phase, { range, ...error }: RunError): JsonError {
  return { phase, ...error, ...(range ? { line: range.start.line, column: range.start.column } : {}) };
}
