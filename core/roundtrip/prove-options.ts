import type { Migration, SourceFile } from "../migration/model.ts";
import type { Engine } from "../postgres/session.ts";
import type { RunError } from "../report/model.ts";

export interface ProveOptions {
  /** In the order of the runner. */
  readonly migrations: readonly Migration[];
  /** As the layout is called: it decides which table the runner keeps. */
  readonly layout: string;
  readonly engine: Engine;
  /** Starts another engine of the same kind, after the first was lost or had to be stopped. */
  readonly reopen: () => Promise<Engine>;
  /** SQL that runs before the first migration. */
  readonly prelude?: SourceFile | undefined;
  /** A plain dump of `pg_dump` that stands for the migrations before the first of `migrations`. */
  readonly baseline?: SourceFile | undefined;
  /** Milliseconds that one script may run. */
  readonly timeoutMs: number;
  /** Names of the migrations to prove (default: all). The others are applied only, as far as they are needed. */
  readonly only?: ReadonlySet<string> | undefined;
  /**
   * Start where an earlier run with the same scripts got to, and keep that for later runs: those with the same value
   * here, which says who keeps it. Absent: neither.
   */
  readonly cache?: string | undefined;
  /** Repeat each script statement by statement and tell its locks. */
  readonly locks?: boolean | undefined;
  /** Run each script twice in a row as well. */
  readonly idempotent?: boolean | undefined;
  /** Also go through it with rows in the tables. */
  readonly rows?: RowSources | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onStart?: ((migration: Migration, index: number, total: number) => void) | undefined;
  /** The up of a migration that is applied only did not go through: what comes after it starts without it. */
  readonly onEarlierFailure?: ((migration: Migration, error: RunError) => void) | undefined;
}

/** Where rows come from. */
export interface RowSources {
  /** Every table that is empty gets made-up rows before each up. */
  readonly fill: boolean;
  /** A team's own rows, by the key of the version after whose up they go in. */
  readonly fixtures: ReadonlyMap<string, SourceFile>;
  /** Names of migrations whose fixtures another run speaks of. */
  readonly toldElsewhere?: ReadonlySet<string>;
}
