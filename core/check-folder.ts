import { check } from "./check.ts";
import type { CheckPorts } from "./check-ports.ts";
import type { Config } from "./config/config.ts";
import { resolveConfig } from "./config/resolve-config.ts";
import { readGitFolder } from "./history/git-folder.ts";
import { detectFolder } from "./migration/detect-folder.ts";
import { pastNewest } from "./migration/history-end.ts";
import { chooseLayout } from "./migration/layout/choose-layout.ts";
import { readFolder } from "./migration/read-folder.ts";
import { readMigrations } from "./migration/read-migrations.ts";
import { namedFiles } from "./named-files.ts";
import { openEngine } from "./postgres/open-engine.ts";
import { judgesByServer } from "./postgres/wanted-engine.ts";
import type { Report } from "./report/model.ts";

export interface FolderOptions extends Omit<CheckPorts, "openEngine" | "judgeByServer"> {
  /** What differs from the built-in configuration. No file is read: `loadConfig` does that. */
  readonly config?: Partial<Config>;
  /** Git ref to compare with: only what changed since is reported. */
  readonly base?: string;
  /** Versions that are reported on; absent: all. */
  readonly only?: readonly string[];
  /** Server for the engine `server`. */
  readonly url?: string;
}

export type CheckedFolder =
  | { readonly ok: true; readonly report: Report }
  /** The folder could not be looked at; one sentence. */
  | { readonly ok: false; readonly problem: string };

/**
 * Checks a migration folder on disk, as `switchback check` does. Paths, the folder's too, are relative to the working
 * folder of the process. Rejects with the signal's reason when it was aborted.
 */
export async function checkFolder(folder: string, options: FolderOptions = {}): Promise<CheckedFolder> {
  const { base: ref, only, url, ...ports } = options;
  const config = resolveConfig(options.config ?? {});
  const chosen = chooseLayout(config.layout, () => detectFolder(folder, folder));
  if (!chosen.ok) return { ok: false, problem: chosen.problem };
  const { layout } = chosen;
  const read = readFolder(folder, folder, layout);
  if (!read.ok) return { ok: false, problem: `cannot read ${folder}: ${read.code}` };
  if (read.files.length === 0) return { ok: false, problem: `${folder} holds no ${layout.name} migration` };
  const { startAfter } = config;
  const past =
    startAfter === undefined
      ? undefined
      : pastNewest(readMigrations(folder, read.files, layout), startAfter, "startAfter");
  if (past !== undefined) return { ok: false, problem: past };
  const base = ref === undefined ? undefined : await readGitFolder(folder, folder, ref, layout);
  if (base && !base.ok) return { ok: false, problem: `cannot compare with ${ref}: ${base.problem}` };
  const named = namedFiles(config);
  const [problem] = named.problems;
  if (problem !== undefined) return { ok: false, problem: problem.words };
  const report = await check(
    {
      folder,
      files: read.files,
      unreadable: read.unreadable.map(({ path, code }) => ({ path, reason: code })),
      config: { ...config, layout: layout.name },
      lint: true,
      prove: config.roundTrip !== "off",
      ...named.input,
      ...(only ? { only } : {}),
      ...(base && ref !== undefined ? { base: { ref, files: base.files }, changed: base.changed } : {}),
    },
    {
      ...ports,
      openEngine: () => openEngine({ ...config, url }, options.signal),
      judgeByServer: judgesByServer({ ...config, url }),
    },
  );
  return { ok: true, report };
}
