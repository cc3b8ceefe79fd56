import type { RenamePlan } from "#core/author/rename-plan.ts";
import type { RenumberPlan } from "#core/author/renumber-plan.ts";
import type { LockMode } from "#core/catalog/locks.ts";
import type { Config } from "#core/config/config.ts";
import type { FileEdit, Finding, MigrationInfo, Position, Range } from "#core/report/model.ts";

/** Text of an open document, or bytes of a file. */
export type FileContent = string | Uint8Array;

/** What the analysis thread can be asked. It keeps the files of each folder between calls. */
export interface AnalysisMethods {
  readConfig(input: { readonly text: string }): Promise<ConfigReading>;
  lint(input: LintInput): Promise<LintResult>;
  /** Where an ignore comment goes; nothing where the finding is gone. */
  ignore(input: IgnoreInput): Promise<InsertedComment | undefined>;
  proposeDown(input: MigrationInput): Promise<Proposal | undefined>;
  rename(input: RenameInput): Promise<RenamePlan>;
  renumber(input: RenumberInput): Promise<Renumbering>;
  schemaChange(input: MigrationInput): Promise<SchemaChange | undefined>;
  /** What each statement locks that was there before. */
  locks(input: MigrationInput): Promise<readonly StatementLocks[]>;
  rules(input: undefined): Promise<readonly RuleTitle[]>;
  /** Markdown, or nothing for a rule that does not exist. */
  rulePage(input: { readonly rule: string }): Promise<string | undefined>;
}

/** A folder's address. Its name does not tell: the roots of one workspace may all have a `migrations`. */
export type FolderId = string;

export interface ConfigReading {
  /** What the file sets over what is built in. */
  readonly config: Config;
  /** The migration folder, where the file names one. */
  readonly migrations?: string;
  readonly problems: readonly { readonly message: string; readonly range: Range }[];
  /** It is no JSON, as it often is while it is typed. */
  readonly unread?: true;
}

export interface LintInput {
  readonly id: FolderId;
  /** The migration folder as messages show it: `db/migrations`. */
  readonly folder: string;
  readonly config: Config;
  /** Files of other tools near the folder that tell its runner: `Cargo.toml`. */
  readonly nearby: readonly string[];
  /** Only what changed since the last call; null: deleted. */
  readonly changed: readonly (readonly [path: string, content: FileContent | null])[];
  /** Forget what was sent before. */
  readonly fresh: boolean;
}

export interface FolderMigration extends MigrationInfo {
  /** Lines (0-based) on which the scripts begin: not the first where one file holds both. */
  readonly upLine?: number;
  readonly downLine?: number;
}

export interface LintResult {
  /** As the configuration names it, or as the files speak for. */
  readonly layout: string;
  readonly migrations: readonly FolderMigration[];
  /** Versions of migrations that are programs, which the runner runs among them. */
  readonly programs: readonly string[];
  readonly findings: readonly Finding[];
  /** The files are not PostgreSQL's SQL: nothing of them should be run. */
  readonly foreign?: true;
  /** Why nothing is checked, where `startAfter` is past the newest migration. */
  readonly pastNewest?: string;
  /** Milliseconds that the thread worked. */
  readonly ms: number;
}

export interface MigrationInput {
  readonly id: FolderId;
  readonly version: string;
}

export interface RenameInput {
  readonly id: FolderId;
  /** `000012_add_user_status` */
  readonly name: string;
  readonly title: string;
}

export interface RenumberInput {
  readonly id: FolderId;
  /** The folder on disk, where it is on one. */
  readonly path?: string;
}

export interface Renumbering extends RenumberPlan {
  /** The branch that was compared with. */
  readonly base?: string;
}

export interface IgnoreInput {
  readonly id: FolderId;
  readonly file: string;
  readonly rule: string;
  readonly position: Position;
  readonly scope: "statement" | "file";
}

/** One line to insert. `reason` is where the placeholder stands in `text`. */
export interface InsertedComment {
  readonly offset: number;
  readonly before: string;
  readonly reason: string;
  readonly after: string;
}

export interface Proposal {
  readonly text: string;
  /** The up does what its text does not tell: only a catalog knows the rest. */
  readonly partial: boolean;
  /** Writes it where the down is missing or holds no statement. */
  readonly edit?: FileEdit;
  /** What else says how it runs: a word on a mark, a file beside it. */
  readonly besides?: readonly FileEdit[];
  /** The down as it is, where there is one. */
  readonly present?: string;
}

export interface SchemaChange {
  readonly before: string;
  readonly after: string;
}

/** A table that a statement locks until its transaction ends. */
export interface LockedTable {
  /** As messages spell it: `users`. */
  readonly object: string;
  /** `ACCESS EXCLUSIVE` */
  readonly mode: LockMode;
  readonly blocks: { readonly reads: boolean; readonly writes: boolean };
  /** Every row is written anew, or read, while the lock is held. */
  readonly rewritten: boolean;
  readonly scanned: boolean;
}

export interface StatementLocks {
  readonly file: string;
  readonly range: Range;
  readonly locks: readonly LockedTable[];
}

export interface RuleTitle {
  readonly name: string;
  readonly summary: string;
}

export type { FileEdit };
