import * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { applyAndSave } from "../surfaces/apply-and-save.ts";
import { workspaceEdit } from "../surfaces/workspace-edit.ts";
import { pickFolder } from "./pick-folder.ts";
import { sayNoFolder } from "./say-no-folder.ts";

/**
 * Shows how migrations move whose version is taken or older than the base branch, and moves them when the person
 * agrees. A key binding may agree beforehand.
 */
export async function renumberMigration(
  folders: MigrationFolders,
  analysis: Analysis,
  argument: unknown,
  agreed: unknown,
): Promise<void> {
  const folder = await pickFolder(folders, argument, "Which folder is renumbered?");
  if (!folder) {
    if (folders.all.length === 0) sayNoFolder();
    return;
  }
  const { session, shown, uri } = folder;
  await session.settled();
  // Git runs programs that a repository's configuration names, so it is not asked without trust.
  const onDisk = uri.scheme === "file" && vscode.workspace.isTrusted ? { path: uri.fsPath } : {};
  const { moves, stuck, base } = await analysis.renumber({ id: session.id, ...onDisk });
  if (stuck.length > 0) void vscode.window.showWarningMessage(stuck.join("\n"));
  if (moves.length === 0) {
    const against = base === undefined ? "" : ` and none is older than ${base}`;
    if (stuck.length === 0)
      void vscode.window.showInformationMessage(`Every version in ${shown} is used once${against}.`);
    return;
  }
  const detail = moves.map(({ name, version, reason }) => `${name} → ${version}: ${reason}`).join("\n");
  const count = moves.length === 1 ? "1 migration" : `${moves.length} migrations`;
  const answer =
    agreed === true
      ? "Renumber"
      : await vscode.window.showInformationMessage(
          `Renumber ${count} in ${shown}?`,
          { modal: true, detail },
          "Renumber",
        );
  if (answer !== "Renumber") return;
  const edit = workspaceEdit(
    moves.flatMap(({ edits }) => edits),
    folder,
  );
  if (!edit || !(await applyAndSave(edit)))
    void vscode.window.showErrorMessage(`${shown} could not be renumbered: may you write there?`);
}
