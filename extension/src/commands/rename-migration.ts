import * as vscode from "vscode";
import { migrationTitle } from "#core/author/migration-title.ts";
import type { MigrationInfo } from "#core/report/model.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { applyAndSave } from "../surfaces/apply-and-save.ts";
import { workspaceEdit } from "../surfaces/workspace-edit.ts";
import { targetOf } from "./target.ts";
import { titleOf } from "./title-of.ts";

/** Asks for another title and renames every file of the migration, in one step that can be undone. */
export async function renameMigration(
  folders: MigrationFolders,
  analysis: Analysis,
  argument: unknown,
  given: unknown,
): Promise<void> {
  const target = await targetOf(folders, argument);
  if (!target) return;
  const { folder, migration } = target;
  const title = typeof given === "string" ? given : await askTitle(migration);
  if (title === undefined) return;
  const plan = await analysis.rename({ id: folder.session.id, name: migration.name, title });
  if (!plan.ok) {
    void vscode.window.showErrorMessage(plan.problem);
    return;
  }
  const edit = workspaceEdit(plan.edits, folder);
  if (!edit || !(await applyAndSave(edit)))
    void vscode.window.showErrorMessage(`${migration.name} could not be renamed: may you write there?`);
}

function askTitle(migration: MigrationInfo): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Rename ${migration.name}`,
    prompt: "What does it do?",
    // Selected: to be corrected, or typed over.
    value: titleOf(migration).replaceAll("_", " "),
    placeHolder: "add user status",
    ignoreFocusOut: true,
    validateInput: (value) => {
      const named = migrationTitle(value);
      return named.ok ? undefined : named.problem;
    },
  });
}
