import type { Direction, Malformed, Migration, SourceFile } from "../model.ts";
import type { VersionStyle } from "../version-style.ts";

/** A file of the folder and how it is called inside it. */
export interface FolderFile {
  readonly file: SourceFile;
  /** Path relative to the migration folder, with `/`: `000001_init.up.sql`. */
  readonly name: string;
}

/** A file that the runner leaves out, or that no migration was meant to be. */
export interface IgnoredFile extends FolderFile {
  /** Why, as the end of a sentence: "it has no version". */
  readonly reason: string;
  /** The name it probably should have (relative to the folder), where that is plain. */
  readonly rename?: string;
  /** The runner takes it for a migration all the same. */
  readonly isRun?: true;
  /** The runner takes it for one that is broken. */
  readonly stops?: true;
}

/** More than one script for one version and direction. */
export interface Duplicate {
  readonly key: string;
  readonly direction: Direction;
  readonly files: readonly SourceFile[];
}

/** The SQL of a migration that is to be written. */
export interface MigrationSql {
  readonly up: string;
  /** Absent: the migration has none. */
  readonly down?: string;
  /** Directions that must run outside of a transaction, where the layout has a word for it. */
  readonly untransacted?: readonly Direction[];
}

/**
 * A file to be made. `name` is relative to the migration folder; `direction` is what its text begins with, absent where
 * it is for the runner only.
 */
export interface ComposedFile {
  readonly direction?: Direction;
  readonly name: string;
  readonly text: string;
}

/** A migration that is a program: its version is taken, what it does is not read. */
export interface ProgramFile extends FolderFile {
  readonly version: string;
}

export interface LayoutReading {
  /** In the order of the runner. */
  readonly migrations: readonly Migration[];
  readonly ignored: readonly IgnoredFile[];
  readonly duplicates: readonly Duplicate[];
  readonly malformed?: readonly Malformed[];
  readonly programs?: readonly ProgramFile[];
}

/** What a runner holds a migration that it applied against, besides its version. */
export interface Memory {
  /** The part of a file's text that its checksum is made of: comments count. */
  checksummed(text: string): string;
  readonly title?: true;
  /** What it does where they differ, as the end of a sentence. */
  readonly otherwise: string;
  readonly severity: "error" | "warning";
}

/** The paths of a migration that the folder of a new one holds already. */
export interface Sibling {
  readonly up?: string;
  readonly down?: string;
}

/** 0-based UTF-16 offsets. */
export interface ListEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file in which the runner lists what it runs: a migration that it does not name is passed over. */
export interface MigrationList {
  /** Relative to the migration folder. */
  readonly file: string;
  /** Its text where nothing is listed yet. */
  readonly empty: string;
  /** The names of the files that it lists; undefined where it cannot be read. */
  names(text: string): readonly string[] | undefined;
  withNew(text: string, name: string, now: Date): readonly ListEdit[];
  /** `base`: the list of the branch behind which the file moves. */
  withName(text: string, from: string, to: string, base?: string): readonly ListEdit[];
}

/** How a folder spells migrations. One file per layout, one line each in `layouts.ts`. */
export interface Layout {
  /** As the config names it: `golang-migrate`. */
  readonly name: string;
  /** How many levels of folders below the migration folder hold its files: 0 where the runner does not descend. */
  readonly depth: number;
  /** A migration is a folder of its own: what lies in there goes where it goes. */
  readonly folders?: true;
  readonly list?: MigrationList;
  /** Where a down stands: in a file of its own, in a section of the up's file, or nowhere (the runner knows none). */
  readonly downs: "file" | "section" | "none";
  /** `matter`: versions count 1, 2, 3, and a hole is worth a word. `normal`: the runner's numbering has holes. */
  readonly gaps: "matter" | "normal";
  /**
   * What the runner does with a new migration below the newest that a database has applied: passes it over without a
   * word, refuses to run, or applies it late.
   */
  readonly late: "skipped" | "refused" | "applied";
  /** Absent: the runner knows a migration that it applied by its version alone. */
  readonly remembers?: Memory;
  /** Does the runner run the migration again whenever its text has changed? (Default: no.) */
  repeats?(migration: Pick<Migration, "version">): boolean;
  /** How the runner spells the version of the first migration (default: six digits from 000001). */
  readonly firstVersion?: VersionStyle;
  /** The line that begins a down, where that is a section. */
  readonly downMarker?: string;
  /** What that line says more where the down runs outside of a transaction, or a line that says so of the whole file. */
  readonly unwraps?: { readonly untransacted?: string; readonly fileUntransacted?: string };
  /** The runner refuses a file without that line. */
  readonly needsDown?: true;
  /** The line that begins an up, of a runner that takes a file without it for one as a whole. */
  readonly bareUpMarker?: string;
  /** Lines that only the runner understands, besides the SQL. */
  readonly markers?: readonly RegExp[];
  /** The first thing in a file's text that the runner fills in before it sends it. */
  placeholder?(text: string): string | undefined;
  /** Around a statement with semicolons inside, where the runner would cut it at them. */
  readonly fence?: { readonly begin: string; readonly end: string };
  /** Should this one have a down? (Default: yes, where the runner knows downs.) */
  expectsDown?(migration: Migration, all: readonly Migration[]): boolean;
  /** Order of two keys as the runner orders them. */
  compare(a: string, b: string): number;
  /** Names of migrations that are programs, which the runner runs among the others; the version is the first group. */
  readonly programs?: RegExp;
  /** Is a file of this name (relative to the folder) worth reading? */
  wants(name: string): boolean;
  /** `version` as the names of this migration spell it, where that depends on more: Flyway's baseline stays one. */
  spelling?(migration: Pick<Migration, "version" | "name">, version: string): string;
  /** Runs before a script's directives and SQL are known; must not parse SQL. */
  read(files: readonly FolderFile[]): LayoutReading;
  /** The files of a new migration, like its `siblings`: as they do without a down, so does it. */
  compose(
    version: string,
    title: string,
    sql: MigrationSql,
    siblings?: readonly Sibling[],
  ): readonly ComposedFile[];
  /** File names for a new migration with this version and title. */
  fileName(version: string, title: string, direction: Direction): string;
}
