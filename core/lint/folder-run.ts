import { Catalog } from "../catalog/catalog.ts";
import { Simulation } from "../catalog/simulate/simulation.ts";
import type { Migration } from "../migration/model.ts";
import { Drafts } from "./draft.ts";
import { FileRules } from "./file-rules.ts";
import { folderResult } from "./folder-result.ts";
import { lineMaps } from "./line-maps.ts";
import type { LintInput, LintResult } from "./lint-input.ts";
import { type LintRun, lintMigration, type MigrationResult, passOver } from "./lint-migration.ts";
import { parseScript } from "./parse-script.ts";
import { rules } from "./rules/index.ts";
import { scopeOf } from "./scope.ts";
import { statementRules } from "./statement-rules.ts";

/** One way through the migrations of a folder, from the first one on. The grammar must be loaded. */
export class FolderRun {
  readonly #input: LintInput;
  readonly #fileRules: FileRules;
  readonly #run: LintRun;
  /** Names of migrations that count as this change, as far as they were simulated. */
  readonly #changeSet = new Set<string>();

  constructor(input: LintInput) {
    const { folder, postgres } = input;
    this.#input = input;
    this.#fileRules = new FileRules(rules, input, folder.folder);
    const { active } = this.#fileRules;
    this.#run = {
      simulation: new Simulation(new Catalog(), { postgres }),
      active,
      statementRules: statementRules(active),
      scope: scopeOf(folder, input),
      drafts: new Drafts(lineMaps(folder.files.map(({ file }) => file))),
      postgres,
      parse: parseScript,
      isNew: (name) => this.#changeSet.has(name),
    };
  }

  /** Shows the next migration to the rules, if anybody asks about it. */
  lint(migration: Migration): MigrationResult {
    if (!this.#run.scope.hasMigration(migration)) return this.passOver(migration);
    this.#begin(migration);
    return lintMigration(this.#run, migration);
  }

  /** Simulates the next migration for those after it. */
  passOver(migration: Migration): MigrationResult {
    this.#begin(migration);
    return passOver(this.#run, migration);
  }

  /** `migrations`: what was found in each of the folder's. */
  result(migrations: readonly MigrationResult[]): Promise<LintResult> {
    const { folder, postgres } = this.#input;
    const { scope, drafts } = this.#run;
    return folderResult({ folder, postgres, fileRules: this.#fileRules, scope, drafts, migrations });
  }

  #begin(migration: Migration): void {
    const { changed } = this.#input;
    // Without a change set each migration is its own change: what earlier ones made is in production.
    if (!changed) this.#changeSet.clear();
    if (!changed || this.#run.scope.hasMigration(migration)) this.#changeSet.add(migration.name);
  }
}
