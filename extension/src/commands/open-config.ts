import * as vscode from "vscode";
import { configFileName } from "../folders/config-file.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { pickFolder } from "./pick-folder.ts";
import { pickRoot } from "./pick-root.ts";

/** Opens switchback.jsonc; where there is none, an unsaved one that says what holds without it. */
export async function openConfig(folders: MigrationFolders, argument: unknown): Promise<void> {
  const folder = await pickFolder(folders, argument, "Whose configuration?");
  if (folder?.configUri) {
    await vscode.window.showTextDocument(folder.configUri);
    return;
  }
  if (!vscode.workspace.workspaceFolders?.[0]) {
    void vscode.window.showInformationMessage("Open a folder first: the configuration is a file in it.");
    return;
  }
  if (!folder && folders.all.length > 0) return;
  const root = folder?.root ?? (await pickRoot("Which folder gets the configuration?"));
  if (!root) return;
  const uri = vscode.Uri.joinPath(root, configFileName).with({ scheme: "untitled" });
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  if (document.getText() !== "") return;
  const migrations = folder?.session.folder ?? "migrations";
  const postgres = folder?.session.config.postgres ?? 18;
  const text = `{\n  "migrations": ${JSON.stringify(migrations)},\n  "postgres": ${postgres}\n}\n`;
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
}
