import type { Migration, SourceFile } from "../migration/model.ts";
import type { FolderReading } from "../migration/read-migrations.ts";
import { malformedDirectives, unusedIgnores } from "./directive-findings.ts";
import type { Draft, Drafts } from "./draft.ts";
import { encodingErrors, sentByteOrderMarks } from "./encoding-errors.ts";
import type { FileRules } from "./file-rules.ts";
import { foldFindings } from "./fold-findings.ts";
import { foreignFolder } from "./foreign-folder.ts";
import { inOrder } from "./in-order.ts";
import { joinFindings } from "./join-findings.ts";
import type { LintResult } from "./lint-input.ts";
import type { MigrationResult } from "./lint-migration.ts";
import type { Report } from "./rule.ts";
import { rules } from "./rules/index.ts";
import { syntaxError } from "./rules/syntax-error.ts";
import type { Scope } from "./scope.ts";
import type { ActiveRule } from "./select-rules.ts";
import { suppress } from "./suppressions.ts";
import { syntaxErrors } from "./syntax-errors.ts";
import { yieldFindings } from "./yield-findings.ts";

interface LintedFolder {
  readonly folder: FolderReading;
  readonly postgres: number;
  readonly fileRules: FileRules;
  readonly scope: Scope;
  readonly drafts: Drafts;
  /** One for each migration of the folder, in order. */
  readonly migrations: readonly MigrationResult[];
}

/** What was found in the migrations, with what is to be said about the folder, less what comments ignore. */
export async function folderResult(linted: LintedFolder): Promise<LintResult> {
  const { folder, fileRules, scope, drafts, migrations } = linted;
  const { active } = fileRules;
  const sum = (of: (result: MigrationResult) => number) => migrations.reduce((all, it) => all + of(it), 0);
  const counts = {
    statements: sum(({ statements }) => statements),
    notAnalysed: sum(({ notAnalysed }) => notAnalysed),
  };
  const brokenScripts = migrations.flatMap(({ broken }) => broken);
  const foreign = foreignFolder(
    brokenScripts.map(({ file }) => file),
    sum(({ scripts }) => scripts),
  );
  if (foreign) {
    const { file, ...report } = foreign;
    const draft = drafts.draft({ rule: syntaxError, severity: "error" }, { file, start: 0, end: 0 }, report);
    return { findings: [draft.finding], ...counts, foreign: true };
  }

  const owners = ownersOf(migrations);
  const draft = (rule: ActiveRule, file: SourceFile, report: Report, migration = owners.get(file.path)) =>
    drafts.draft(rule, { file, start: 0, end: 0, migration }, report);
  /** Findings of the machinery itself, under a rule that can be switched off like any other. */
  const under = (name: string, reports: readonly (Report & { readonly file: SourceFile })[]): Draft[] => {
    const rule = active.find((it) => it.rule.name === name);
    if (!rule) return [];
    return reports
      .filter(({ file }) => scope.hasFile(file))
      .map(({ file, ...report }) => draft(rule, file, report));
  };

  // What could not be decoded was named already.
  const undecoded = new Set(folder.encoding.map(({ file }) => file.path));
  const toExplain = brokenScripts.filter(({ file }) => scope.hasFile(file) && !undecoded.has(file.path));
  const marks = sentByteOrderMarks(folder.migrations).filter(({ file }) => !undecoded.has(file.path));
  const suppressions = migrations.flatMap((result) => result.suppressions);
  const found = [
    ...migrations.flatMap((result) => result.found),
    ...aboutTheFolder(linted, draft),
    ...under("unreadable-file", [...encodingErrors(folder.encoding), ...marks]),
    ...under("syntax-error", await syntaxErrors(toExplain)),
    ...under("malformed-directive", malformedDirectives(suppressions, rules)),
  ];
  const { kept, unused } = suppress(found, suppressions);
  const broken = new Set(brokenScripts.map(({ file }) => file.path));
  const idle = unusedIgnores(
    unused.filter(({ file }) => !broken.has(file.path)),
    active.map(({ rule }) => rule),
  );
  const configured = fileRules.asConfigured([...kept, ...under("unused-ignore", idle)]);
  const ordered = inOrder(joinFindings(yieldFindings(configured, rules), rules), folder.migrations);
  return { findings: foldFindings(ordered).map(({ finding }) => finding), ...counts };
}

function ownersOf(migrations: readonly MigrationResult[]): ReadonlyMap<string, Migration> {
  const owners = new Map<string, Migration>();
  for (const { migration } of migrations) {
    for (const script of [migration.up, migration.down]) if (script) owners.set(script.file.path, migration);
  }
  return owners;
}

/** What the rules have to say about files, names and versions. */
function aboutTheFolder(
  { folder, postgres, fileRules, scope }: LintedFolder,
  draft: (rule: ActiveRule, file: SourceFile, report: Report, migration?: Migration) => Draft,
): Draft[] {
  const found: Draft[] = [];
  for (const rule of fileRules.active) {
    rule.rule.check.folder?.({
      folder,
      postgres,
      inScope: scope.hasFile,
      report: (files, { migration, ...report }) => {
        const file = files.find(scope.hasFile);
        if (file) found.push(draft(rule, file, report, migration));
      },
    });
  }
  return found;
}
