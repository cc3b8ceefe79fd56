import * as vscode from "vscode";
import type { MigrationAt, MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";

/** The migration that a command means. */
export interface Target extends MigrationAt {
  readonly folder: MigrationFolder;
}

/** From the Explorer or a lens the command gets a file; from the palette it means the file that is open. */
export async function targetOf(folders: MigrationFolders, argument: unknown): Promise<Target | undefined> {
  const active = vscode.window.activeTextEditor;
  const uri = argument instanceof vscode.Uri ? argument : active?.document.uri;
  const folder = uri && folders.of(uri);
  if (!uri || !folder) {
    void vscode.window.showInformationMessage(
      "Open a migration first: this file is not in a migration folder.",
    );
    return undefined;
  }
  await folder.session.settled();
  const isActive = active?.document.uri.toString() === uri.toString();
  const found = folder.migrationOf(uri, isActive ? active.selection.active.line : 0);
  if (!found) {
    void vscode.window.showInformationMessage(
      `${folder.pathOf(uri)} is not a migration: the runner leaves a file of this name out.`,
    );
    return undefined;
  }
  return { folder, ...found };
}
