import { check } from "#core/check.ts";
import type { CheckInput } from "#core/check-input.ts";
import type { Config } from "#core/config/config.ts";
import type { Engine } from "#core/postgres/session.ts";
import { EngineUnavailableError } from "#core/postgres/session.ts";
import { judgesByServer } from "#core/postgres/wanted-engine.ts";
import type { Report } from "#core/report/model.ts";
import { version } from "#core/version.ts";
import { enginePolicy } from "./engine-policy.ts";
import type { Folder } from "./folder.ts";
import { inputWords } from "./input-words.ts";
import type { Scene } from "./scene.ts";

export interface SceneCheck {
  readonly scene: Scene;
  readonly folder: Folder;
  readonly config: Config;
  /** The server to prove on, when one was named. */
  readonly url?: string | undefined;
  readonly prelude?: CheckInput["prelude"];
  readonly baseline?: CheckInput["baseline"];
  readonly fixtures?: CheckInput["fixtures"];
  /** Report on unchanged migrations too. */
  readonly everything: boolean;
  /** The SQL is a stranger's, and the token may write. */
  readonly untrusted: boolean;
}

/** The check of what was gathered. A change that touches no migration is answered without reading any. */
export async function checkScene(input: SceneCheck, signal: AbortSignal): Promise<Report> {
  const { scene, folder, config, url, prelude, baseline, fixtures, everything, untrusted } = input;
  if (scene.changed?.size === 0 && !everything) return nothingChanged(folder);
  const policy = enginePolicy({ ...config, url }, untrusted);
  const report = await check(
    {
      folder: folder.path || ".",
      files: scene.files,
      config,
      lint: true,
      prove: config.roundTrip !== "off",
      pulls: scene.pulls,
      ...(prelude ? { prelude } : {}),
      ...(baseline ? { baseline } : {}),
      ...(fixtures ? { fixtures } : {}),
      ...(scene.changed ? { changed: scene.changed } : {}),
      ...(everything ? { everything } : {}),
      ...(scene.base ? { base: scene.base } : {}),
    },
    {
      signal,
      openEngine: async (): Promise<Engine> => {
        if (!policy.allowed) throw new EngineUnavailableError(policy.reason);
        // Not left to any other choice of engine: strangers' SQL has one.
        if (untrusted) return (await import("#core/postgres/pglite/open-pglite.ts")).openPglite({ signal });
        // A run that proves nothing does not pay for loading what starts engines.
        const { openEngine } = await import("#core/postgres/open-engine.ts");
        return openEngine(policy.wish, signal);
      },
      judgeByServer: policy.allowed && judgesByServer(policy.wish),
    },
  );
  return report.unproved === undefined ? report : { ...report, unproved: inputWords(report.unproved) };
}

function nothingChanged(folder: Folder): Report {
  const none = { migrations: 0, errors: 0, warnings: 0, infos: 0, fixable: 0, statements: 0, notAnalysed: 0 };
  return {
    version,
    layout: folder.layout.name,
    folder: folder.path || ".",
    migrations: [],
    findings: [],
    roundTrips: [],
    summary: { ...none, ms: 0 },
  };
}
