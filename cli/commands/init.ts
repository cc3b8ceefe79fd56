import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { carryOut } from "#core/author/disk/carry-out.ts";
import { shellWord } from "#core/author/shell-word.ts";
import type { Config } from "#core/config/config.ts";
import { configFileName, findConfig } from "#core/config/find-config.ts";
import { builtInConfig } from "#core/config/resolve-config.ts";
import { type StarterConfig, starterConfig } from "#core/config/starter-config.ts";
import { lint } from "#core/lint/lint.ts";
import type { LintResult } from "#core/lint/lint-input.ts";
import type { FolderReading } from "#core/migration/read-migrations.ts";
import { runOnce } from "#core/migration/run-once.ts";
import type { Finding } from "#core/report/model.ts";
import { count } from "#core/report/text/count.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findMigrationFolders, isForTrial, migrationsIn } from "../init/find-migration-folders.ts";
import { gitRoot } from "../init/git-root.ts";
import { starterPipeline, stepFor } from "../init/starter-pipeline.ts";
import { cannotWrite } from "../input/cannot-write.ts";
import { checkConfig } from "../input/check-config.ts";
import { checkTarget } from "../input/check-target.ts";
import { foundElsewhere } from "../input/missing-folder.ts";
import { findPrograms, programsInstead } from "../input/programs-instead.ts";
import { shownPath } from "../input/shown-path.ts";
import { wantedTarget } from "../input/wanted-target.ts";
import { print } from "../write-output.ts";

/** Other folders that are named. */
const mostOthers = 5;

interface InitRequest {
  readonly path: string | undefined;
  readonly dryRun: boolean;
}

interface NewFile {
  readonly file: string;
  readonly text: string;
  /** Where it is there already: what it does not say of this project. */
  readonly missing?: string;
}

/** `switchback init`: a configuration and a pipeline that fit the folder. What is there already stays as it is. */
export async function initProject({ path, dryRun }: InitRequest): Promise<ExitCode | CannotRun> {
  const cwd = process.cwd();
  const configured = existsSync(join(cwd, configFileName)) ? await checkConfig({}, cwd) : undefined;
  if (configured && isCannotRun(configured)) return configured;
  const folders = configured ? await configuredFolder(path, configured, cwd) : foldersAt(path, cwd);
  if (isCannotRun(folders)) return folders;
  const [folder, ...others] = folders;
  if (!folder) return nothingFound(cwd);
  const linted = await lint({
    folder,
    preset: builtInConfig.preset,
    rules: {},
    postgres: builtInConfig.postgres,
  });
  const [refused] = linted.findings;
  if (linted.foreign && refused) return cannotRun(`${folder.folder}: ${refused.message}`);

  const found = judged(folder, linted);
  const startAfter = configured ? undefined : historyOf(folder, found);
  const { files, toDo } = plan(cwd, { migrations: folder.folder, ...(startAfter && { startAfter }) });
  const [kept, missing] = [files.filter(isThere(cwd)), files.filter((it) => !isThere(cwd)(it))];
  if (missing.length === 0)
    return cannotRun(`${kept.map(({ file }) => file).join(" and ")} are there already: nothing was written`);
  if (!dryRun) {
    const steps = missing.map(
      ({ file, text }) => ({ kind: "create", file, bytes: Buffer.from(text) }) as const,
    );
    const written = carryOut(cwd, steps);
    if (!written.ok) return cannotWrite(written.file, written.code);
  }
  const said = [
    `${folder.folder}: ${sizeOf(folder)}`,
    ...others
      .slice(0, mostOthers)
      .map((other) => `also found ${other.folder}: ${sizeOf(other)}${howToCheck(other)}`),
    ...(others.length > mostOthers ? [`and ${count(others.length - mostOthers, "more folder")}`] : []),
    ...(configured ? [] : findingLines(found, startAfter)),
    "",
    ...kept.map(({ file }) => `left as it is  ${file}`),
    ...missing.map(({ file, text }) =>
      dryRun ? `would write    ${file}\n\n${text}` : `written        ${file}`,
    ),
    ...(toDo === undefined ? [] : ["", toDo]),
    ...kept.flatMap(({ missing }) => (missing === undefined ? [] : ["", missing])),
    "",
    dryRun ? "nothing was written" : nextStep(startAfter),
  ];
  await print(process.stdout, `${said.join("\n")}\n`);
  return exitCodes.clean;
}

/** A configuration that is there decides which folder the pipeline is for. */
async function configuredFolder(
  path: string | undefined,
  config: Config,
  cwd: string,
): Promise<FolderReading[] | CannotRun> {
  if (path !== undefined && resolve(cwd, path) !== config.migrations) {
    const shown = shownPath(resolve(cwd, path), cwd);
    return cannotRun(
      `${configFileName} is there already, and its folder is ${shownPath(config.migrations, cwd)}${othersOwn(shown)}`,
    );
  }
  const target = await wantedTarget("write", [], config, {}, cwd);
  return isCannotRun(target) ? target : foldersAt(target.folder, cwd);
}

function othersOwn(shown: string): string {
  const project = dirname(shown);
  return project === "." ? "" : `\n  one of its own: cd ${shellWord(project)} && switchback init`;
}

/** One configuration has one folder: another gets its own beside it. */
function howToCheck(other: FolderReading): string {
  if (isForTrial(other)) return "";
  const project = dirname(other.folder);
  return project === "."
    ? ` (switchback check ${shellWord(other.folder)})`
    : ` (cd ${shellWord(project)} && switchback init)`;
}

function nothingFound(cwd: string): CannotRun {
  const above = findConfig(cwd);
  const elsewhere = foundElsewhere(cwd);
  if (above !== undefined) elsewhere.unshift(`${shownPath(above, cwd)} counts here, too`);
  else if (elsewhere.length > 0)
    elsewhere.push(`cd ${shellWord(shownPath(gitRoot(cwd), cwd))} && switchback init`);
  const programs = elsewhere.length > 0 ? elsewhere : findPrograms(cwd);
  const remedies = [
    "switchback init path/to/migrations",
    'or make the first one: mkdir -p migrations && switchback new "init schema"',
  ];
  return cannotRun(
    ["no migration folder was found here", ...(programs.length > 0 ? programs : remedies)].join("\n  "),
  );
}

function foldersAt(path: string | undefined, cwd: string): FolderReading[] | CannotRun {
  if (path === undefined) return findMigrationFolders(cwd);
  const target = checkTarget("write", [path], cwd);
  if (isCannotRun(target)) return target;
  const reading = migrationsIn(cwd, target.shown === "." ? "" : target.shown);
  if (reading) return [reading];
  const problem = `${target.shown} holds no migration that is recognised`;
  return cannotRun(
    [problem, ...programsInstead(target.folder), ...foundElsewhere(cwd, target.shown)].join("\n  "),
  );
}

interface Plan {
  readonly files: readonly NewFile[];
  /** What is left for a person. */
  readonly toDo?: string;
}

function plan(cwd: string, config: StarterConfig): Plan {
  const root = gitRoot(cwd);
  const project = shownPath(cwd, root);
  const configuration = { file: configFileName, text: starterConfig(config) };
  const pipeline = starterPipeline({
    root,
    project: project === "." ? "" : project,
    migrations: config.migrations,
  });
  if ("instead" in pipeline) return { files: [configuration], toDo: pipeline.instead };
  const { file, text, toDo } = pipeline;
  const shown = relative(cwd, join(root, file)).replaceAll("\\", "/");
  const missing = project === "." ? undefined : stepFor(root, file, project);
  const written = { file: shown, text, ...(missing === undefined ? {} : { missing: `${shown} ${missing}` }) };
  return {
    files: [configuration, written],
    ...(toDo === undefined ? {} : { toDo }),
  };
}

function isThere(cwd: string): (file: NewFile) => boolean {
  return ({ file }) => existsSync(join(cwd, file));
}

interface Judged {
  /** Findings in migrations that have run long ago. */
  readonly past: readonly Finding[];
  /** In those that run whenever they changed: no line can be drawn after them. */
  readonly repeated: readonly Finding[];
}

function judged(folder: FolderReading, { findings }: LintResult): Judged {
  const once = new Set(runOnce(folder));
  const repeats = new Set(folder.migrations.filter((it) => !once.has(it)).map(({ name }) => name));
  const serious = findings.filter(({ severity }) => severity !== "info");
  const isRepeated = ({ migration }: Finding) => migration !== undefined && repeats.has(migration);
  return { past: serious.filter((it) => !isRepeated(it)), repeated: serious.filter(isRepeated) };
}

/** The line is drawn after the newest. */
function historyOf(folder: FolderReading, { past }: Judged): StarterConfig["startAfter"] {
  const last = runOnce(folder).at(-1);
  if (past.length === 0 || !last) return undefined;
  const reason = `Up to here it is history: applied, not reported on. ${count(past.length, "finding")} there; take this out to see ${themOrIt(past)}.`;
  return { version: last.version, reason };
}

function sizeOf(folder: FolderReading): string {
  const once = runOnce(folder);
  const [first, last] = [once[0]?.version, once.at(-1)?.version];
  const size = `${folder.layout.name}, ${count(folder.migrations.length, "migration")}`;
  if (first === undefined) return size;
  return `${size}, ${first === last ? first : `${first} to ${last}`}`;
}

function findingLines({ past, repeated }: Judged, startAfter: StarterConfig["startAfter"]): string[] {
  if (past.length + repeated.length === 0) return ["no findings: every migration is checked"];
  return [
    ...(startAfter ? [`${counted(past)} in what has run already: startAfter is ${startAfter.version}`] : []),
    ...(repeated.length > 0
      ? [`${counted(repeated)} in what runs whenever it changed: switchback lint shows ${themOrIt(repeated)}`]
      : []),
  ];
}

/** "2 errors and 1 warning" */
function counted(findings: readonly Finding[]): string {
  const found = (["error", "warning"] as const).flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : [count(n, severity)];
  });
  return found.join(" and ");
}

function themOrIt({ length }: readonly Finding[]): string {
  return length === 1 ? "it" : "them";
}

function nextStep(startAfter: StarterConfig["startAfter"]): string {
  return startAfter
    ? 'next: switchback new "what comes next", and switchback check proves it'
    : "next: switchback check";
}
