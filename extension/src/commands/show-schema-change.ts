import * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import type { VirtualDocuments } from "../surfaces/virtual-documents.ts";
import { targetOf } from "./target.ts";

/** The schema before the migration and after its up, side by side, from the statements alone. */
export async function showSchemaChange(
  folders: MigrationFolders,
  analysis: Analysis,
  schemas: VirtualDocuments,
  argument: unknown,
): Promise<void> {
  const target = await targetOf(folders, argument);
  if (!target) return;
  const { folder, migration } = target;
  const change = await analysis.schemaChange({ id: folder.session.id, version: migration.version });
  if (!change) {
    void vscode.window.showInformationMessage(`${migration.name} has no up, so it changes nothing.`);
    return;
  }
  const before = schemas.put(`${folder.uri.path}/${migration.name}@before.sql`, change.before);
  const after = schemas.put(`${folder.uri.path}/${migration.name}@after.sql`, change.after);
  await vscode.commands.executeCommand(
    "vscode.diff",
    before,
    after,
    `${migration.name}: schema before ↔ after`,
  );
}
