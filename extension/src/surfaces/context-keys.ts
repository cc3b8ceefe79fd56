import * as vscode from "vscode";
import type { MigrationFolders } from "../folders/migration-folders.ts";

/** What menus ask: is a migration open, and which files of the Explorer are migrations? */
export function setContextKeys(folders: MigrationFolders): vscode.Disposable {
  const set = (key: string, value: unknown) => vscode.commands.executeCommand("setContext", key, value);
  const updateActive = () => {
    const active = vscode.window.activeTextEditor?.document.uri;
    const inMigration = active !== undefined && folders.of(active)?.migrationOf(active) !== undefined;
    void set("switchback.inMigration", inMigration);
  };
  const update = () => {
    const files = folders.all.flatMap((folder) =>
      (folder.session.result?.migrations ?? []).flatMap(({ up, down }) =>
        [up, down].flatMap((path) => (path === undefined ? [] : [folder.uriOf(path)])),
      ),
    );
    void set(
      "switchback.migrationFiles",
      files.map((uri) => uri.toString()),
    );
    updateActive();
  };
  return vscode.Disposable.from(
    folders.onDidChangeMigrations(update),
    folders.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(updateActive),
  );
}
