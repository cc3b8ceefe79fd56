import * as vscode from "vscode";

/** Empty where it cannot be read: it may be gone by now. */
export async function readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(uri);
  } catch {
    return [];
  }
}
