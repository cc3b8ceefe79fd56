import { shellWord } from "#core/author/shell-word.ts";
import type { Config } from "#core/config/config.ts";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { isVersion } from "#core/migration/is-version.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import type { Migration } from "#core/migration/model.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { type FolderReading, readMigrations } from "#core/migration/read-migrations.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import type { Flags } from "../grammar/request.ts";
import { cannotRead } from "./cannot-read.ts";
import { checkConfig } from "./check-config.ts";
import { noVersion } from "./no-version.ts";
import { wantedTarget } from "./wanted-target.ts";

/** The folder that a command writes to. */
export interface AuthorFolder {
  readonly config: Config;
  /** What all paths are relative to. */
  readonly cwd: string;
  readonly folder: string;
  readonly shown: string;
  readonly layout: Layout;
  /** ` db/migrations` where the folder was named, for commands that a message proposes. */
  readonly argument: string;
  /** Reads the folder as it is at this moment. */
  read(): FolderReading | CannotRun;
}

export async function authorFolder(
  path: string | undefined,
  flags: Flags,
  cwd: string,
  purpose: "write" | "make" = "write",
): Promise<AuthorFolder | CannotRun> {
  const config = await checkConfig(flags, cwd);
  if (isCannotRun(config)) return config;
  const target = await wantedTarget(purpose, path === undefined ? [] : [path], config, flags, cwd);
  if (isCannotRun(target)) return target;
  const { folder, shown } = target;
  const chosen = chooseLayout(config.layout, () => detectFolder(folder, shown));
  if (!chosen.ok) return cannotRun(`${chosen.problem}\n  ${chosen.remedy}`);
  const { layout } = chosen;
  return {
    config: { ...config, layout: layout.name },
    cwd,
    folder,
    shown,
    layout,
    argument: path === undefined ? "" : ` ${shellWord(shown)}`,
    read() {
      const files = readFolder(folder, shown, layout);
      if (!files.ok) return cannotRead(shown, files);
      const [unreadable] = files.unreadable;
      if (unreadable) return cannotRead(unreadable.path, unreadable);
      return readMigrations(shown, files.files, layout);
    },
  };
}

/** The folder at a git ref. */
export async function folderAt(
  { folder, shown, layout }: AuthorFolder,
  ref: string,
): Promise<FolderReading | CannotRun> {
  const { readGitFolder } = await import("#core/history/git-folder.ts");
  const base = await readGitFolder(folder, shown, ref, layout);
  if (!base.ok) return cannotRun(`cannot compare with ${ref}: ${base.problem}`);
  return readMigrations(shown, base.files, layout);
}

/** The one migration of this version. */
export function migrationOf(
  { argument }: AuthorFolder,
  reading: FolderReading,
  version: string,
): Migration | CannotRun {
  const { migrations, folder } = reading;
  const exact = migrations.filter((it) => it.version === version || it.name === version);
  const found = exact.length > 0 ? exact : migrations.filter((it) => isVersion(it, version));
  const [migration, other] = found;
  if (migration && other) {
    const names = found.map(({ name }) => name).join(", ");
    // Some runners tell migrations apart by their whole names.
    const remedy =
      migration.key === other.key ? `switchback renumber${argument}` : "name one of them in full";
    return cannotRun(`${folder} has version ${version} more than once: ${names}\n  ${remedy}`);
  }
  if (migration) return migration;
  return noVersion(reading, version);
}
