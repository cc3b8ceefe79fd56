import * as vscode from "vscode";

/** Why nothing runs, and the way to change that. */
export async function askForTrust(): Promise<void> {
  const manage = "Manage Workspace Trust";
  const answer = await vscode.window.showInformationMessage(
    "A round trip runs the SQL of this folder. Trust the workspace first, then run it again.",
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand("workbench.trust.manage");
}
