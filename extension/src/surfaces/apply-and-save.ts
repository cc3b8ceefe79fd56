import * as vscode from "vscode";

/**
 * Applies an edit, and saves the files in it that nobody was editing: a runner reads them from disk, as it does those that
 * the edit makes or moves. False where the editor refused it.
 */
export async function applyAndSave(edit: vscode.WorkspaceEdit): Promise<boolean> {
  const edited = new Set(edit.entries().map(([uri]) => uri.toString()));
  const unsaved = () =>
    vscode.workspace.textDocuments.filter(({ uri, isDirty }) => isDirty && edited.has(uri.toString()));
  const before = new Set(unsaved());
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  await Promise.all(
    unsaved()
      .filter((document) => !before.has(document))
      .map((document) => document.save()),
  );
  return true;
}
