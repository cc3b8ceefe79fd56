import * as vscode from "vscode";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { targetOf } from "./target.ts";

/** From the up to the down and back: to the other file, or to the other section of the same one. */
export async function goToPair(folders: MigrationFolders, argument: unknown): Promise<void> {
  const target = await targetOf(folders, argument);
  if (!target) return;
  const { folder, migration, direction } = target;
  const [other, line] =
    direction === "up" ? [migration.down, migration.downLine] : [migration.up, migration.upLine];
  if (other !== undefined) {
    const inSection = migration.up === migration.down;
    const at = new vscode.Position(line ?? 0, 0);
    await vscode.window.showTextDocument(folder.uriOf(other), {
      preview: false,
      ...(inSection ? { selection: new vscode.Range(at, at) } : {}),
    });
    return;
  }
  if (direction === "down") {
    void vscode.window.showInformationMessage(`${migration.name} has no up.`);
    return;
  }
  const propose = "Propose Down";
  const answer = await vscode.window.showInformationMessage(`${migration.name} has no down.`, propose);
  if (answer === propose)
    await vscode.commands.executeCommand("switchback.proposeDown", folder.uriOf(migration.up ?? ""));
}
