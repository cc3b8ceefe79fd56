import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { carryOut } from "#core/author/disk/carry-out.ts";
import { configFileName } from "#core/config/find-config.ts";
import { builtInConfig } from "#core/config/resolve-config.ts";
import { type StarterConfig, starterConfig } from "#core/config/starter-config.ts";
import { lint } from "#core/lint/lint.ts";
import type { LintResult } from "#core/lint/lint-input.ts";
import type { FolderReading } from "#core/migration/read-migrations.ts";
import { count } from "#core/report/text/count.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findMigrationFolders, migrationsIn } from "../init/find-migration-folders.ts";
import { gitRoot } from "../init/git-root.ts";
import { starterPipeline } from "../init/starter-pipeline.ts";
import { cannotWrite } from "../input/cannot-write.ts";
import { checkTarget, shownPath } from "../input/check-target.ts";
import { programsInstead } from "../input/programs-instead.ts";
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
}

/** `switchback init`: a configuration and a pipeline that fit the folder. What is there already stays as it is. */
export async function initProject({ path, dryRun }: InitRequest): Promise<ExitCode | CannotRun> {
  const cwd = process.cwd();
  const folders = foldersAt(path, cwd);
  if (isCannotRun(folders)) return folders;
  const [folder, ...others] = folders;
  if (!folder)
    return cannotRun(
      'no migration folder was found here\n  switchback init path/to/migrations\n  or make the first one: mkdir -p migrations && switchback new "init schema"',
    );
  const linted = await lint({
    folder,
    preset: builtInConfig.preset,
    rules: {},
    postgres: builtInConfig.postgres,
  });
  const [refused] = linted.findings;
  if (linted.foreign && refused) return cannotRun(`${folder.folder}: ${refused.message}`);

  const startAfter = historyOf(folder, linted);
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
      .map((other) => `also found ${other.folder}: ${sizeOf(other)} (switchback init ${other.folder})`),
    ...(others.length > mostOthers ? [`and ${count(others.length - mostOthers, "more folder")}`] : []),
    findingsOf(linted, startAfter),
    "",
    ...kept.map(({ file }) => `left as it is  ${file}`),
    ...missing.map(({ file, text }) =>
      dryRun ? `would write    ${file}\n\n${text}` : `written        ${file}`,
    ),
    ...(toDo === undefined ? [] : ["", toDo]),
    "",
    dryRun ? "nothing was written" : nextStep(startAfter),
  ];
  await print(process.stdout, `${said.join("\n")}\n`);
  return exitCodes.clean;
}

function foldersAt(path: string | undefined, cwd: string): FolderReading[] | CannotRun {
  if (path === undefined) return findMigrationFolders(cwd);
  const target = checkTarget("check", [path], cwd);
  if (isCannotRun(target)) return target;
  const reading = migrationsIn(cwd, target.shown === "." ? "" : target.shown);
  if (reading) return [reading];
  const problem = `${target.shown} holds no migration that is recognised`;
  return cannotRun([problem, ...programsInstead(target.folder)].join("\n  "));
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
  return { files: [configuration, { file: shown, text }], ...(toDo === undefined ? {} : { toDo }) };
}

function isThere(cwd: string): (file: NewFile) => boolean {
  return ({ file }) => existsSync(join(cwd, file));
}

/** Migrations with findings have run long ago: the line is drawn after the newest. */
function historyOf({ migrations }: FolderReading, { findings }: LintResult): StarterConfig["startAfter"] {
  const serious = findings.filter(({ severity }) => severity !== "info");
  const last = migrations.at(-1);
  if (serious.length === 0 || !last) return undefined;
  const reason = `Up to here it is history: applied, not reported on. ${count(serious.length, "finding")} there; take this out to see ${serious.length === 1 ? "it" : "them"}.`;
  return { version: last.version, reason };
}

function sizeOf({ migrations, layout }: FolderReading): string {
  const [first, last] = [migrations[0]?.version, migrations.at(-1)?.version];
  const range = first === last ? first : `${first} to ${last}`;
  return `${layout.name}, ${count(migrations.length, "migration")}, ${range}`;
}

function findingsOf({ findings }: LintResult, startAfter: StarterConfig["startAfter"]): string {
  if (!startAfter) return "no findings: every migration is checked";
  const found = (["error", "warning"] as const).flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : [count(n, severity)];
  });
  return `${found.join(" and ")} in what has run already: startAfter is ${startAfter.version}`;
}

function nextStep(startAfter: StarterConfig["startAfter"]): string {
  return startAfter
    ? 'next: switchback new "what comes next", and switchback check proves it'
    : "next: switchback check";
}
