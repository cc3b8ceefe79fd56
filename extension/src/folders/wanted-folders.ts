import * as vscode from "vscode";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { ConfigReading } from "../analysis/methods.ts";
import { exists, findConfigFile } from "./config-file.ts";
import type { ConfigReadings } from "./config-readings.ts";
import { type FoundFolder, findConfigFiles, findFolders } from "./find-folders.ts";
import { runnerFilesNear } from "./runner-files.ts";

/** A folder that is to be looked after, and by which configuration. */
export interface WantedFolder extends FoundFolder {
  readonly configUri: vscode.Uri | undefined;
  readonly reading: ConfigReading;
  /** What files of other tools tell of the runner. */
  readonly nearby: readonly string[];
}

/** A folder that a configuration names, and that nobody has made yet. */
export interface MissingFolder {
  readonly uri: vscode.Uri;
  readonly layout: string;
}

/**
 * The folders that configurations name, and, below no configuration that names one, those whose files look like
 * migrations. By the text of the folder's address.
 */
export async function wantedFolders(configs: ConfigReadings): Promise<{
  readonly wanted: Map<string, WantedFolder>;
  readonly missing: readonly MissingFolder[];
}> {
  const { read, end } = configs.begin();
  const wanted = new Map<string, WantedFolder>();
  const missing: MissingFolder[] = [];
  const found = new Map((await findFolders()).map((folder) => [folder.uri.toString(), folder]));
  const add = async (folder: FoundFolder, configUri: vscode.Uri | undefined, reading: ConfigReading) => {
    const nearby = await runnerFilesNear(folder.uri);
    const depth = Math.max(layouts[reading.config.layout]?.depth ?? 0, folder.depth);
    wanted.set(folder.uri.toString(), { ...folder, depth, configUri, reading, nearby });
  };
  for (const { uri: configUri, root } of await findConfigFiles()) {
    const reading = await read(configUri);
    if (reading.migrations === undefined) continue;
    const uri = named(configUri, reading.migrations);
    if (await exists(uri))
      await add(found.get(uri.toString()) ?? { uri, root, depth: 0 }, configUri, reading);
    else missing.push({ uri, layout: reading.config.layout });
  }
  for (const [key, folder] of found) {
    if (wanted.has(key)) continue;
    const configUri = await findConfigFile(folder.uri);
    const reading = await read(configUri);
    // A configuration that names its folder speaks of no other: test data beside it is left alone.
    const speaksOfAnother = configUri && reading.migrations !== undefined;
    if (!speaksOfAnother || named(configUri, reading.migrations).toString() === key)
      await add(folder, configUri, reading);
  }
  await end();
  return { wanted, missing };
}

function named(configUri: vscode.Uri, migrations: string): vscode.Uri {
  const uri = vscode.Uri.joinPath(configUri, "..", migrations);
  return uri.with({ path: uri.path.replace(/\/+$/, "") });
}
