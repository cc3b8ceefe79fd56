import * as vscode from "vscode";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import type { TestRuns, WantedRun } from "../testing/test-runs.ts";
import { changedVersions } from "./changed-migrations.ts";
import { sayNoFolder } from "./say-no-folder.ts";
import { targetOf } from "./target.ts";

const untrusted = "A round trip runs the SQL of this folder. Trust the workspace first, then run it again.";

/** Proves the migration that is open, or that was chosen in the Explorer. */
export async function runRoundTrip(
  folders: MigrationFolders,
  runs: TestRuns,
  argument: unknown,
): Promise<void> {
  if (!(await isTrusted())) return;
  const target = await targetOf(folders, argument);
  if (target) await runs.run([{ folder: target.folder, versions: [target.migration.version] }]);
}

/** Proves every migration with a file that differs from the last commit. */
export async function runChangedRoundTrips(folders: MigrationFolders, runs: TestRuns): Promise<void> {
  if (!(await isTrusted())) return;
  await folders.settled();
  if (folders.all.length === 0) return sayNoFolder();
  const wanted: WantedRun[] = [];
  let known = false;
  for (const folder of folders.all) {
    const versions = await changedVersions(folder);
    known ||= versions !== undefined;
    if (versions && versions.length > 0) wanted.push({ folder, versions });
  }
  if (wanted.length > 0) return runs.run(wanted);
  const message = known
    ? "No migration differs from the last commit."
    : "What changed is not known here: this folder is not a Git repository that the editor has open.";
  void vscode.window.showInformationMessage(message);
}

/** Proves every migration of every folder. */
export async function runAllRoundTrips(folders: MigrationFolders, runs: TestRuns): Promise<void> {
  if (!(await isTrusted())) return;
  await folders.settled();
  if (folders.all.length === 0) return sayNoFolder();
  await runs.run(folders.all.map((folder) => ({ folder })));
}

async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = "Manage Workspace Trust";
  const answer = await vscode.window.showInformationMessage(untrusted, manage);
  if (answer === manage) await vscode.commands.executeCommand("workbench.trust.manage");
  return false;
}
