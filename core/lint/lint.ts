import { Catalog } from "../catalog/catalog.ts";
import { Simulation } from "../catalog/simulate/simulation.ts";
import { loadParser } from "../sql/parse.ts";
import { Drafts } from "./draft.ts";
import { FileRules } from "./file-rules.ts";
import { folderResult } from "./folder-result.ts";
import { lineMaps } from "./line-maps.ts";
import type { LintInput, LintResult } from "./lint-input.ts";
import { lintMigration, type MigrationResult } from "./lint-migration.ts";
import { parseScript } from "./parse-script.ts";
import { rules } from "./rules/index.ts";
import { scopeOf } from "./scope.ts";
import { statementRules } from "./statement-rules.ts";

/** Checks a folder without a database. */
export async function lint(input: LintInput): Promise<LintResult> {
  await loadParser();
  const { folder, changed, merged, postgres } = input;
  const fileRules = new FileRules(rules, input, folder.folder);
  const { active } = fileRules;
  const scope = scopeOf(folder, input);
  const drafts = new Drafts(lineMaps(folder.files.map(({ file }) => file)), folder.layout.name);
  /** Names of migrations that count as this change, as far as they were simulated. */
  const changeSet = new Set<string>();
  const run = {
    simulation: new Simulation(new Catalog(), { postgres }),
    active,
    statementRules: statementRules(active),
    scope,
    drafts,
    postgres,
    aroundErrors: input.aroundErrors,
    parse: parseScript,
    isNew: (name: string) => changeSet.has(name),
  };
  const migrations: MigrationResult[] = [];
  for (const migration of folder.migrations) {
    // Without a change set each migration is its own change: what earlier ones made is in production.
    if (!changed) changeSet.clear();
    if (!changed || scope.hasMigration(migration)) changeSet.add(migration.name);
    migrations.push(lintMigration(run, migration));
    if (migration.up && merged?.has(migration.up.file.path)) changeSet.delete(migration.name);
  }
  return folderResult({ folder, postgres, fileRules, scope, drafts, migrations });
}
