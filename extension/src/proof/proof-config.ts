import * as vscode from "vscode";
import type { Config } from "#core/config/config.ts";
import { optionTable } from "#core/config/options.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";

/** The folder's configuration, with what the settings of the editor say besides: a setting that is set wins. */
export function proofConfig({ uri, session }: MigrationFolder): Config {
  const set = optionTable.flatMap(({ name, setting }) => {
    const value = setting === undefined ? undefined : settingOf(setting, uri);
    return value === undefined ? [] : [[name, value] as const];
  });
  // A folder that was gone before it was checked has none.
  const layout = session.result?.layout ?? golangMigrate.name;
  return { ...session.config, ...Object.fromEntries(set), layout };
}

/** Undefined where nobody set it: then `switchback.jsonc` decides. */
function settingOf(setting: string, uri: vscode.Uri): unknown {
  const found = vscode.workspace.getConfiguration(undefined, uri).inspect(setting);
  return found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue;
}
