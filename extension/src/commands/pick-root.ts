import * as vscode from "vscode";

/** A folder of the workspace: the only one, or the one that the person chooses. */
export async function pickRoot(placeHolder: string): Promise<vscode.Uri | undefined> {
  const [only, other] = vscode.workspace.workspaceFolders ?? [];
  if (!other) return only?.uri;
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
}
