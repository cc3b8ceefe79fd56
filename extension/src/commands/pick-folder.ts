import * as vscode from "vscode";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";

/** The folder of the argument or of the open file; where that does not tell, the person does. */
export async function pickFolder(
  folders: MigrationFolders,
  argument: unknown,
  placeHolder: string,
): Promise<MigrationFolder | undefined> {
  const { all } = folders;
  const given = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const near = given && (folders.at(given) ?? folders.of(given));
  if (near) return near;
  if (all.length <= 1) return all[0];
  const items = all.map((folder) => ({
    label: folder.session.folder,
    description: vscode.workspace.getWorkspaceFolder(folder.uri)?.name ?? "",
    folder,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.folder;
}
