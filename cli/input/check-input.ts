import { readFileSync } from "node:fs";
import type { CheckInput } from "#core/check-input.ts";
import type { Config } from "#core/config/config.ts";
import type { CheckCommand } from "#core/config/options.ts";
import { decode } from "#core/migration/decode.ts";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { pastNewest } from "#core/migration/history-end.ts";
import { isVersion } from "#core/migration/is-version.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import { exampleName } from "#core/migration/layout/example-name.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { type FolderReading, readMigrations } from "#core/migration/read-migrations.ts";
import type { Shard } from "#core/report/model.ts";
import { parseShard } from "#core/shard.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { errorWords } from "../error-words.ts";
import type { Flags } from "../grammar/request.ts";
import { absentSubmodule } from "./absent-submodule.ts";
import { cannotRead } from "./cannot-read.ts";
import type { CheckTarget } from "./check-target.ts";
import { fixturesOf } from "./fixtures-of.ts";
import { foundElsewhere } from "./missing-folder.ts";
import { noVersion } from "./no-version.ts";
import { programsInstead } from "./programs-instead.ts";
import { shownPath } from "./shown-path.ts";
import { withOrigin } from "./with-origin.ts";

interface Asked {
  readonly command: CheckCommand;
  readonly target: CheckTarget;
  readonly config: Config;
  readonly flags: Flags;
  readonly cwd: string;
}

/** Reads everything that a check wants to know from the disk and from git. */
export async function checkInput(asked: Asked): Promise<CheckInput | CannotRun> {
  const { command, target, config, flags, cwd } = asked;
  const chosen = chooseLayout(config.layout, () => detectFolder(target.folder, target.shown));
  if (!chosen.ok) return cannotRun(`${chosen.problem}\n  ${chosen.remedy}`);
  const { layout } = chosen;
  const folder = readFolder(target.folder, target.shown, layout);
  if (!folder.ok) return cannotRead(target.shown, folder);
  if (folder.files.length === 0 && folder.unreadable.length === 0) return noMigration(asked, layout);
  const prelude = sqlFile("prelude", config.prelude, cwd);
  if (prelude && isCannotRun(prelude)) return withOrigin(prelude, "prelude", flags, cwd);
  const baseline = sqlFile("baseline", config.baseline, cwd);
  if (baseline && isCannotRun(baseline)) return withOrigin(baseline, "baseline", flags, cwd);
  // The check reads them itself: here only who asks for versions pays for it.
  let known: FolderReading | undefined;
  const reading = () => {
    known ??= readMigrations(target.shown, folder.files, layout);
    return known;
  };
  const option = flags.startAfter === undefined ? "startAfter" : "--start-after";
  const past = config.startAfter === undefined ? undefined : pastNewest(reading(), config.startAfter, option);
  if (past !== undefined) return withOrigin(cannotRun(past), "startAfter", flags, cwd);
  const fixtures =
    config.fixtures === undefined ? undefined : fixturesOf(config.fixtures, cwd, reading().migrations);
  if (fixtures && isCannotRun(fixtures)) return withOrigin(fixtures, "fixtures", flags, cwd);
  const base = await baseOf(flags.base, target, layout);
  if (base && isCannotRun(base)) return base;
  const only = onlyVersions(flags, reading);
  if (only && isCannotRun(only)) return only;
  const shard = shardOf(flags.shard);
  if (shard && isCannotRun(shard)) return shard;
  return {
    folder: target.shown,
    files: folder.files,
    unreadable: folder.unreadable.map(({ path, code }) => ({ path, reason: errorWords({ code }) })),
    config: { ...config, layout: layout.name },
    lint: command !== "roundtrip",
    prove: command !== "lint" && !(command === "check" && config.roundTrip === "off"),
    ...(prelude ? { prelude } : {}),
    ...(baseline ? { baseline } : {}),
    ...(fixtures ? { fixtures } : {}),
    ...(shard ? { shard } : {}),
    ...(only ? { only } : {}),
    ...(base ?? {}),
    ...(target.files ? { changed: target.files } : {}),
  };
}

function noMigration({ command, target, cwd }: Asked, layout: Layout): CannotRun {
  const { shown, folder } = target;
  const submodule = absentSubmodule(folder, cwd);
  if (submodule !== undefined) return cannotRun(`${shown} is empty\n  ${submodule}`);
  const programs = programsInstead(folder);
  const elsewhere = foundElsewhere(cwd, shown);
  const isAbove = elsewhere.some((line) => line.startsWith(`migrations were found in ${shown}/`));
  // A folder of folders is not meant to hold any itself.
  if (isAbove)
    return cannotRun([`${shown} itself holds no migration`, ...programs, ...elsewhere].join("\n  "));
  return cannotRun(
    [
      `${shown} holds no ${layout.name} migration`,
      ...programs,
      `wanted: files such as ${exampleName(layout)}`,
      ...elsewhere,
      `--layout <layout>   how another runner spells them: switchback ${command} --help lists them`,
    ].join("\n  "),
  );
}

/** A file that runs before the migrations. A redirection in PowerShell writes UTF-16, which is no reason to refuse it. */
export function sqlFile(
  what: "prelude" | "baseline" | "header",
  path: string | undefined,
  cwd: string,
): { readonly path: string; readonly text: string } | CannotRun | undefined {
  if (path === undefined) return undefined;
  const shown = shownPath(path, cwd);
  try {
    return { path: shown, text: decode({ path, bytes: readFileSync(path) }).file.text };
  } catch (error) {
    return cannotRun(`cannot read the ${what} ${shown}: ${errorWords(error)}`);
  }
}

function shardOf(asked: unknown): Shard | CannotRun | undefined {
  if (typeof asked !== "string") return undefined;
  return parseShard(asked) ?? cannotRun(`--shard wants a part such as 2/4, not "${asked}"`);
}

async function baseOf(ref: unknown, target: CheckTarget, layout: Layout) {
  if (typeof ref !== "string") return undefined;
  const { readGitFolder } = await import("#core/history/git-folder.ts");
  const base = await readGitFolder(target.folder, target.shown, ref, layout);
  if (!base.ok) return cannotRun(`cannot compare with ${ref}: ${base.problem}`);
  return { base: { ref, files: base.files }, changed: base.changed };
}

/** `--only` names versions as the folder spells them, or without their zeros; `--last` counts them from the end. */
function onlyVersions(
  { only: wanted, last: number }: Flags,
  reading: () => FolderReading,
): readonly string[] | CannotRun | undefined {
  if (Array.isArray(wanted) && number !== undefined)
    return cannotRun("--only and --last both say what to report on: give one of them");
  if (!Array.isArray(wanted) && typeof number !== "number") return undefined;
  const read = reading();
  const { migrations } = read;
  if (typeof number === "number") return migrations.slice(-number).map(({ version }) => version);
  const versions: string[] = (Array.isArray(wanted) ? wanted : []).map(String);
  const unknown = versions.find((wanted) => !migrations.some((it) => isVersion(it, wanted)));
  if (unknown === undefined) return versions;
  return noVersion(read, unknown);
}
