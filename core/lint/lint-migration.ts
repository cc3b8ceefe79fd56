import type { Simulation } from "../catalog/simulate/simulation.ts";
import type { Migration, Script, SourceFile } from "../migration/model.ts";
import type { ParsedSql, SyntaxProblem } from "../sql/statement.ts";
import type { Draft, Drafts } from "./draft.ts";
import type { MigrationContext, Report, SimulatedScript, UpContext } from "./rule.ts";
import type { Scope } from "./scope.ts";
import { runScript } from "./script-run.ts";
import type { ActiveRule } from "./select-rules.ts";
import { simulateMigration } from "./simulate-migration.ts";
import type { StatementRules } from "./statement-rules.ts";
import { type FileSuppressions, suppressionsOf } from "./suppressions.ts";

/** What stays the same from migration to migration. */
export interface LintRun {
  readonly simulation: Simulation;
  readonly active: readonly ActiveRule[];
  readonly statementRules: StatementRules;
  readonly scope: Scope;
  readonly drafts: Drafts;
  readonly postgres: number;
  readonly aroundErrors?: boolean | undefined;
  readonly parse: (script: Script) => ParsedSql;
  /** Does a migration of this name belong to the change? */
  readonly isNew: (name: string) => boolean;
}

export interface MigrationResult {
  readonly migration: Migration;
  readonly found: readonly Draft[];
  /** Scripts that do not parse. */
  readonly broken: readonly BrokenScript[];
  /** Of the files that are reported on. */
  readonly suppressions: readonly FileSuppressions[];
  readonly statements: number;
  readonly notAnalysed: number;
  /** How many scripts were parsed. */
  readonly scripts: number;
}

export interface BrokenScript {
  readonly file: SourceFile;
  /** What was parsed: as long as the file, with blanks for what belongs to other scripts. */
  readonly text: string;
  readonly problem: SyntaxProblem;
}

/**
 * Simulates both scripts of a migration and shows them to the rules; of one that nobody asks about the up alone, for
 * those after it. The catalog is left as the up leaves it.
 */
export function lintMigration(run: LintRun, migration: Migration): MigrationResult {
  const { simulation, scope, postgres } = run;
  if (!scope.hasMigration(migration)) return passOver(run, migration);
  const found: Draft[] = [];
  const draft = (active: ActiveRule, file: SourceFile, start: number, end: number, report: Report) =>
    found.push(run.drafts.draft(active, { file, start, end, migration }, report));
  let remembered = simulation.memory.length;
  const simulate = (script: Script): SimulatedScript => {
    const ran = runScript(simulation, {
      migration,
      script,
      parsed: run.parse(script),
      postgres,
      rules: scope.hasFile(script.file) ? run.statementRules : undefined,
      aroundErrors: run.aroundErrors,
      isNew: run.isNew,
      report: (active, { start, end }, report) => draft(active, script.file, start, end, report),
    });
    if (script.direction === "up") remembered = simulation.memory.length;
    return ran;
  };

  let speaking: ActiveRule | undefined;
  const report: MigrationContext["report"] = (script, it) => {
    const file = (script ?? migration.up ?? migration.down)?.file;
    const place = script?.start ?? 0;
    if (file && speaking) draft(speaking, file, place, place, it);
  };
  const simulated = simulateMigration(simulation, migration, postgres, simulate, (seen) => {
    if (seen.up.parsed.problem) return;
    const context: UpContext = { ...seen, report };
    for (const active of run.active) {
      speaking = active;
      active.rule.check.afterUp?.(context);
    }
  });
  const context: MigrationContext = { ...simulated, report };
  for (const active of run.active) {
    speaking = active;
    active.rule.check.migration?.(context);
  }
  // The next migration finds the database as this one's up left it.
  simulation.catalog.rollbackTo(simulated.afterUp);
  simulation.memory.forgetSince(remembered);
  doubtWhatFailed(simulation, simulated.up);

  const scripts = [simulated.up, simulated.down].filter((script) => script !== undefined);
  const reported = scripts.filter(({ script }) => scope.hasFile(script.file));
  return {
    migration,
    found,
    broken: scripts.flatMap(brokenScript),
    suppressions: suppressionsIn(reported),
    statements: reported.reduce((sum, { steps }) => sum + steps.length, 0),
    notAnalysed: reported.reduce((sum, script) => sum + script.notAnalysed.length, 0),
    scripts: scripts.length,
  };
}

function passOver({ simulation, postgres, parse, isNew }: LintRun, migration: Migration): MigrationResult {
  const nothing = { migration, found: [], suppressions: [], statements: 0, notAnalysed: 0 };
  const script = migration.up;
  if (!script) return { ...nothing, broken: [], scripts: 0 };
  const simulated = runScript(simulation, {
    migration,
    script,
    parsed: parse(script),
    postgres,
    rules: undefined,
    isNew,
    report: () => {},
  });
  doubtWhatFailed(simulation, simulated);
  return { ...nothing, broken: brokenScript(simulated), scripts: 1 };
}

/** Whoever mends the up makes what its statement was to make: nothing is known of that in later migrations. */
function doubtWhatFailed({ memory }: Simulation, up: SimulatedScript | undefined): void {
  for (const { outcome } of up?.steps ?? []) {
    if (!outcome.failure) continue;
    memory.uncertain.add(outcome.failure.key);
    for (const effect of outcome.effects)
      memory.uncertain.add(effect.action === "rename" ? effect.to : effect.key);
  }
}

function brokenScript({ script: { file }, parsed: { text, problem } }: SimulatedScript): BrokenScript[] {
  return problem ? [{ file, text, problem }] : [];
}

/** One file may hold both scripts. */
function suppressionsIn(scripts: readonly SimulatedScript[]): FileSuppressions[] {
  const files = new Set(scripts.map(({ script }) => script.file));
  return [...files].flatMap((file) => {
    const steps = scripts.filter(({ script }) => script.file === file).flatMap((script) => script.steps);
    return suppressionsOf(
      file,
      steps.map(({ statement }) => statement),
    );
  });
}
