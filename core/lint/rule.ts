import type { Catalog, Savepoint } from "../catalog/catalog.ts";
import type { CatalogObject, ObjectKey } from "../catalog/model.ts";
import type { CatalogView } from "../catalog/past-catalog.ts";
import type { Outcome } from "../catalog/simulate/outcome.ts";
import type { Direction, Migration, Script, SourceFile } from "../migration/model.ts";
import type { FolderReading } from "../migration/read-migrations.ts";
import type { Change, FileEdit, Fix, Severity } from "../report/model.ts";
import type { NodeKind, ParsedSql, Statement } from "../sql/statement.ts";

export type Preset = "recommended" | "strict" | "all";

/** SQL in a rule's examples: an up, and where it matters the history before it and the down. */
export interface Example {
  /** Applied earlier: what exists before this migration. */
  readonly before?: string;
  readonly up: string;
  readonly down?: string;
  /** Target major version (default: the newest supported). */
  readonly postgres?: number;
  readonly note?: string;
  /** For rules about names: the files of the folder. Each up file holds `up`, each down file `down`. */
  readonly files?: readonly string[];
}

/** Where a finding points: offsets into the script's file. */
export interface Report {
  readonly message: string;
  /** 0-based UTF-16 offsets in `file` (default: the statement's range in its script's file). */
  readonly start?: number;
  readonly end?: number;
  readonly label?: string;
  readonly help?: string;
  readonly related?: readonly {
    readonly message: string;
    readonly file: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly fix?: { readonly title: string; readonly edits: readonly FileEdit[] };
  /** Differences between two catalogs, where the finding is about several. */
  readonly changes?: readonly Change[];
  /** Overrides the rule's severity for this finding. */
  readonly severity?: Severity;
  /** What goes wrong, where it is not what goes wrong as a rule. */
  readonly why?: string;
  /** All places have one cause, as a habit of the runner: the first of them speaks for the others. */
  readonly oncePerFolder?: true;
}

/** Where in the transaction the statement stands, as the runner would send the script. */
export interface TransactionState {
  /** `none`: alone, commits by itself. `implicit`: a multi-statement simple query. `explicit`: after BEGIN. `wrapped`: the runner's own. */
  readonly kind: "none" | "implicit" | "explicit" | "wrapped";
  /** Index of the first statement of this transaction in the script. */
  readonly firstStatement: number;
}

/** What a rule sees of one statement; `catalog` stands as it was just before the statement ran. */
export interface StatementContext {
  readonly migration: Migration;
  readonly script: Script;
  readonly direction: Direction;
  readonly parsed: ParsedSql;
  readonly statement: Statement;
  readonly outcome: Outcome;
  /** As it stood before the statement. */
  readonly catalog: CatalogView;
  /** As the statement left it. */
  readonly after: CatalogView;
  /** An object as it stood before this script's first statement. */
  atScriptStart(key: ObjectKey): CatalogObject | undefined;
  /** Did the object exist before this change (the migration, or the change set when linting a pull request)? */
  existedBefore(key: ObjectKey): boolean;
  readonly transaction: TransactionState;
  /** Statements of the same script that came before, with what they did. */
  readonly earlier: readonly Pick<ScriptStep, "statement" | "outcome" | "transaction">[];
  /** Target PostgreSQL major version. */
  readonly postgres: number;
  report(report: Report): void;
}

/** What a rule sees of one migration after its up was simulated, and before its down is. */
export interface UpContext {
  readonly migration: Migration;
  readonly postgres: number;
  readonly up: SimulatedScript;
  /** As it stands after the up. */
  readonly catalog: Catalog;
  /** The catalog's state before the up's first statement. */
  readonly start: Savepoint;
  /** The object may or may not be as the catalog says: something that cannot be followed touched it. */
  isUncertain(key: ObjectKey): boolean;
  /** No statement made the object, and something that cannot be followed may have. */
  isUnseen(key: ObjectKey): boolean;
  /** The object was used before it was seen to be made: it comes from outside of the folder. */
  isAssumed(key: ObjectKey): boolean;
  report(script: Script | undefined, report: Report): void;
}

/** What a rule sees of one whole migration after both scripts were simulated. */
export interface MigrationContext extends Omit<UpContext, "up"> {
  readonly up?: SimulatedScript;
  readonly down?: SimulatedScript;
  /** As it stands after the up and, where there is one, the down. */
  readonly catalog: Catalog;
  /** The catalog's state after the up, before the down's first statement. */
  readonly afterUp: Savepoint;
}

/** What a rule sees of the files as such: names, versions, pairs. */
export interface FolderContext {
  readonly folder: FolderReading;
  readonly postgres: number;
  /** Does this run report on the file? (It belongs to the change set, and not to the baseline.) */
  inScope(file: SourceFile): boolean;
  /** Reports on the first of the files that is in scope; says nothing where none is. */
  report(files: readonly SourceFile[], report: Report & { readonly migration?: Migration }): void;
}

/** A statement after its simulation. */
export interface ScriptStep {
  readonly statement: Statement;
  readonly outcome: Outcome;
  readonly transaction: TransactionState;
  /** The catalog's state before it. */
  readonly before: Savepoint;
}

/** A script after its simulation. */
export interface SimulatedScript {
  readonly script: Script;
  /** With `problem` where the script does not parse; `steps` then holds the statements around the broken one. */
  readonly parsed: ParsedSql;
  readonly steps: readonly ScriptStep[];
  /** Reasons why some statements could not be followed. */
  readonly notAnalysed: readonly string[];
}

export interface Rule {
  /** kebab-case, equal to the file name. */
  readonly name: string;
  /** One sentence: what it finds. */
  readonly summary: string;
  /** What goes wrong in production. */
  readonly why: string;
  /** The safe rewrite in words and SQL (Markdown). */
  readonly instead: string;
  readonly severity: Severity;
  readonly presets: readonly Preset[];
  /** Version of Switchback that brought it. */
  readonly since: string;
  /** Versions of PostgreSQL, lock modes and manual sections that the rule rests on (Markdown). */
  readonly facts?: string;
  readonly alsoKnownAs?: Readonly<Record<string, string>>;
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
  /**
   * Name of a rule with which it shares its cause: where both speak of one statement there is one finding, the other
   * rule's, with both messages and both fixes.
   */
  readonly joins?: string;
  /** Names of rules whose fix leaves this one nothing to say: where one of them offers it, this one is silent. */
  readonly yieldsTo?: readonly string[];
  /** Which scripts it looks at (default: up only). */
  readonly directions?: readonly Direction[];
  /**
   * Kinds of statements that `check.statement` looks at (default: all). A rule that turns away from all others should
   * say so: it is then not even called for them, and a folder of a thousand statements meets sixty rules.
   */
  readonly kinds?: readonly NodeKind[];
  readonly check: {
    statement?(context: StatementContext): void;
    /** Where the up parses. What stands at its end is asked here: later, the catalog has to be taken back to it. */
    afterUp?(context: UpContext): void;
    migration?(context: MigrationContext): void;
    /** Once per run. */
    folder?(context: FolderContext): void;
  };
}

export type { Fix };

/** Identity function that gives a rule its type; a rule is data. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
