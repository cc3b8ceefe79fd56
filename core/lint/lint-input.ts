import type { FolderReading } from "../migration/read-migrations.ts";
import type { Finding, Severity } from "../report/model.ts";
import type { Preset } from "./rule.ts";
import type { RuleOverride } from "./rule-overrides.ts";

export interface LintInput {
  readonly folder: FolderReading;
  readonly preset: Preset;
  /** Severity of single rules, or off. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** What rules are for some files only; the last that names the file and the rule wins. */
  readonly overrides?: readonly RuleOverride[];
  /** Target major version of PostgreSQL, from 9.6. */
  readonly postgres: number;
  /** Paths that the change set touches; absent: everything is linted. All migrations are simulated either way. */
  readonly changed?: ReadonlySet<string>;
  /** Paths that the base has: what their migrations made is in databases, also where the change set touches them. */
  readonly merged?: ReadonlySet<string>;
  /** Versions up to and including this one are history: simulated, not reported on. */
  readonly startAfter?: string;
  /**
   * Of a script that does not parse, the statements around the broken one are judged as well: in an editor one statement
   * is always half-written. Absent: PostgreSQL would refuse it as a whole, and that is all there is to say.
   */
  readonly aroundErrors?: boolean;
}

export interface LintResult {
  /** In the order of the migrations, then of their place in the file. */
  readonly findings: readonly Finding[];
  /** Statements parsed in the migrations that are reported on, and how many of them could not be followed. */
  readonly statements: number;
  readonly notAnalysed: number;
  /** The folder is not PostgreSQL's SQL (MySQL, a template): `findings` says so once, and nothing should be run. */
  readonly foreign?: true;
}
