import * as vscode from "vscode";
import { configFileName } from "../folders/config-file.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { pickFolder } from "./pick-folder.ts";

/** Opens switchback.jsonc; where there is none, an unsaved one that says what holds without it. */
export async function openConfig(folders: MigrationFolders, argument: unknown): Promise<void> {
  const folder = await pickFolder(folders, argument, "Whose configuration?");
  if (folder?.configUri) {
    await vscode.window.showTextDocument(folder.configUri);
    return;
  }
  const root = folder?.root ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!root) {
    void vscode.window.showInformationMessage("Open a folder first: the configuration is a file in it.");
    return;
  }
  const uri = vscode.Uri.joinPath(root, configFileName).with({ scheme: "untitled" });
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  if (document.getText() !== "") return;
  const migrations = folder?.session.folder ?? "migrations";
  const postgres = folder?.session.config.postgres ?? 18;
  const text = `{\n  "migrations": ${JSON.stringify(migrations)},\n  "postgres": ${postgres}\n}\n`;
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
}
