import * as vscode from "vscode";

export const configFileName = "switchback.jsonc";

/** The nearest `switchback.jsonc` from a folder upwards, not beyond its repository: what the command line finds too. */
export async function findConfigFile(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  let current = folder;
  for (;;) {
    const file = vscode.Uri.joinPath(current, configFileName);
    if (await exists(file)) return file;
    const parent = vscode.Uri.joinPath(current, "..");
    if (parent.path === current.path || (await exists(vscode.Uri.joinPath(current, ".git"))))
      return undefined;
    current = parent;
  }
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
