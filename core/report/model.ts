/**
 * What a check found, as plain data. Everything above (lint, history, round trip) produces these values;
 * everything beside (terminal, JSON, SARIF, Markdown, editor) only reads them.
 */

/** A place in a text. Both numbers are 1-based; `column` counts UTF-16 code units, as editors and GitHub do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a file. `file` is a path with `/`, relative to the folder the command was started in. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/** `error`: will block or break production or cannot be reversed. `warning`: may. `info`: advice. */
export type Severity = "error" | "warning" | "info";

/**
 * One change to the files of the folder. Offsets are 0-based UTF-16 code units into the file's text
 * (after a leading byte order mark was taken off).
 */
export type FileEdit =
  | {
      readonly kind: "replace";
      readonly file: string;
      readonly start: number;
      readonly end: number;
      readonly text: string;
    }
  | { readonly kind: "create"; readonly file: string; readonly text: string }
  | { readonly kind: "rename"; readonly file: string; readonly to: string }
  | { readonly kind: "delete"; readonly file: string };

/** A change that re-parses, silences its rule and raises no other finding. */
export interface Fix {
  /** Imperative, as the lightbulb shows it: "Build with CONCURRENTLY". */
  readonly title: string;
  readonly edits: readonly FileEdit[];
}

/** Another place that explains the finding: "created here". */
export interface Related {
  readonly message: string;
  readonly location: Location;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence that names the table, column or lock. No final full stop. */
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  /** Name of the migration (`000012_add_user_status`); absent for findings about a folder. */
  readonly migration?: string;
  /** Short words under the underlined range: "takes SHARE on orders until the build is done". */
  readonly label?: string;
  /** What goes wrong in production, one or two sentences. */
  readonly why?: string;
  /** What to do instead. SQL to write stands on lines indented by two spaces. */
  readonly help?: string;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
  /** What the round trip said about the same cause: "proved on PostgreSQL 18.4: going up again fails, 42710 …". */
  readonly proof?: string;
  /** The differences between two catalogs that prove it, to be shown as a diff. */
  readonly changes?: readonly Change[];
}

/**
 * How much a difference between two catalogs matters.
 * `real`: something is left, lost or changed. `enum-limit`: only enum values are left; there is no DROP VALUE.
 * `rename-only`: same object under another generated name. `benign`: order, re-rendering, comments, an extension.
 */
export const changeClasses = ["real", "enum-limit", "rename-only", "benign"] as const;
export type ChangeClass = (typeof changeClasses)[number];

/** One difference between the catalog that was expected and the one that was found. */
export interface Change {
  /** Object kind in words: "table", "index", "materialized view". */
  readonly kind: string;
  /** Identity as PostgreSQL would print it, schema-qualified: `public.users.email`. */
  readonly object: string;
  readonly class: ChangeClass;
  /** Definition that was expected, or null when the object should not exist. */
  readonly before: string | null;
  /** Definition that was found, or null when the object is missing. */
  readonly after: string | null;
  /** The difference in plain words: "index users_email_idx is missing after down". */
  readonly words: string;
}

/** A failure that PostgreSQL reported, or that stopped the engine. */
export interface RunError {
  /** SQLSTATE, or null where the engine itself was lost, or the runner sends nothing. */
  readonly sqlstate: string | null;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly file: string;
  /** The statement that failed, where it could be found. */
  readonly range?: Range;
  /** It fails only where the tables have rows. */
  readonly onRows?: true;
  /** The runner refuses the file: PostgreSQL never saw it. */
  readonly unsent?: true;
}

/** Rows, or values of one column, that were there before the up and are not after the down. */
export interface LostValues {
  /** `public.users` */
  readonly table: string;
  /** Absent where whole rows are gone. */
  readonly column?: string;
  readonly lost: number;
  readonly of: number;
}

/** What came to light with rows in the tables. */
export interface RowProof {
  /** Tables that there were before the up. */
  readonly tables: number;
  /** Tables that stayed empty, and why; told with the first migration that finds them so. */
  readonly unfilled: readonly { readonly table: string; readonly reason: string }[];
  readonly lost: readonly LostValues[];
  /** The reason that the migration declares for a loss. */
  readonly lossy?: string;
  /** Rows of the team's own that do not go in: after this up, or after one before it that is not reported on. */
  readonly refused?: readonly RunError[];
  /** What else is to be known, in words. */
  readonly notes: readonly string[];
}

export const phases = ["up", "down", "redo"] as const;
/** `redo` is going up again after the down. */
export type Phase = (typeof phases)[number];

/** The reason of `irreversible` where nobody declared anything: the folder simply has no down for it. */
export const noDown = "there is no down";

/** Outcome of one migration's up → down → up. The status is the first phase that failed. */
export type Verdict =
  | { readonly status: "reversible" }
  | { readonly status: "drift" }
  | { readonly status: "up-failed" }
  | { readonly status: "down-failed" }
  | { readonly status: "redo-failed" }
  | { readonly status: "redo-drift" }
  | { readonly status: "data-lost"; readonly columns: readonly string[] }
  | { readonly status: "irreversible"; readonly reason: string }
  | { readonly status: "timed-out"; readonly phase: Phase }
  | { readonly status: "engine-lost"; readonly phase: Phase }
  | { readonly status: "skipped"; readonly reason: string };

export type VerdictStatus = Verdict["status"];

/** One failed or differing phase of a round trip; later phases still run where they can. */
export interface PhaseResult {
  readonly phase: Phase;
  /** Milliseconds the file took. */
  readonly ms: number;
  readonly error?: RunError;
  /** Differences found after this phase: after `down` against before `up`, after `redo` against after `up`. */
  readonly changes: readonly Change[];
}

/** A lock that a statement is the first of its script to take; it is held until the transaction ends. */
export interface TracedLock {
  /** `public.users` */
  readonly object: string;
  /** Kind in words: "table", "index". */
  readonly kind: string;
  /** As the manual spells it: `ACCESS EXCLUSIVE`. */
  readonly mode: string;
  /** What others cannot do meanwhile. */
  readonly blocks: readonly ("reads" | "writes" | "DDL")[];
  /** Every row or entry was written anew while the lock was held. */
  readonly rewritten: boolean;
}

/** A table that was read from its first row to its last. */
export interface Scan {
  readonly object: string;
  /** Rows that were read, more than there are where it was read more than once. */
  readonly rows: number;
}

/** What one statement did to objects that existed before its script, traced apart from the proof. */
export interface StatementTrace {
  readonly direction: "up" | "down";
  readonly file: string;
  readonly range: Range;
  readonly locks: readonly TracedLock[];
  readonly scans: readonly Scan[];
  readonly rowsWritten: number;
  readonly ms: number;
  /** Why there is nothing to tell of this statement. */
  readonly untraced?: string;
}

export interface RoundTrip {
  /** Version as spelt in the file name: `000012`. */
  readonly version: string;
  /** `000012_add_user_status` */
  readonly name: string;
  readonly verdict: Verdict;
  readonly phases: readonly PhaseResult[];
  /** Wall time in milliseconds, catalog reading included. */
  readonly ms: number;
  /** Absent where it was not tried with rows. */
  readonly rows?: RowProof;
  /** Statement by statement; absent where locks were not traced. */
  readonly locks?: readonly StatementTrace[];
  /** Scripts that cannot be run twice in a row; absent where that was not tried. */
  readonly rerun?: readonly UnsafeRerun[];
}

/** A script that, run a second time in a row, fails or does something more. */
export interface UnsafeRerun {
  readonly direction: "up" | "down";
  readonly file: string;
  /** Statements that fail the second time. */
  readonly errors: readonly RunError[];
  /** What differs from the first time, where it goes through. */
  readonly changes: readonly Change[];
  readonly rowsDiffer: boolean;
}

/** All downs in reverse after all ups. */
export interface WalkDown {
  /** Version that it goes down to: the last one without a way down, or the baseline; absent: the empty database. */
  readonly to?: string;
  /** How many downs ran. */
  readonly downs: number;
  /** Where it ended early. */
  readonly stopped?: { readonly migration: string; readonly error: RunError };
  /** What differs at the end from the state before the first of them went up. */
  readonly left: readonly Change[];
  readonly ms: number;
}

/** Part `index` (from 1) of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What ran the SQL: "PostgreSQL 18.4 (embedded)". */
export interface EngineInfo {
  readonly name: "embedded" | "pglite" | "docker" | "server";
  /** `18.4` */
  readonly postgres: string;
  /** A difference from what was asked, to be said on the verdict line: "16 was wanted". */
  readonly note?: string;
}

export interface Summary {
  readonly migrations: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly fixable: number;
  /** Statements parsed and of those not analysed (DO blocks, EXECUTE). */
  readonly statements: number;
  readonly notAnalysed: number;
  /** Wall time in milliseconds. */
  readonly ms: number;
}

/** The migrations that the report speaks of, in order, whether or not they were proved. */
export interface MigrationInfo {
  readonly version: string;
  readonly name: string;
  readonly up?: string;
  readonly down?: string;
}

export interface Report {
  /** Version of Switchback. */
  readonly version: string;
  readonly layout: string;
  readonly folder: string;
  /** Absent when nothing was to be proved; `unproved` says why when it should have been. */
  readonly engine?: EngineInfo;
  readonly unproved?: string;
  readonly migrations: readonly MigrationInfo[];
  readonly findings: readonly Finding[];
  readonly roundTrips: readonly RoundTrip[];
  readonly walkDown?: WalkDown;
  /** What migrations made beside their database on a server that outlives the run (`role app`), and what went with it. */
  readonly clusterObjects?: readonly string[];
  /** Which part of the folder's report this is; absent: all of it. */
  readonly shard?: Shard;
  readonly summary: Summary;
}
