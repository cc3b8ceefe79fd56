import * as vscode from "vscode";

/** The answer to a command about migration folders where there is none: silence would look like a defect. */
export function sayNoFolder(): void {
  void offer();
}

async function offer(): Promise<void> {
  const [name, create] = ["Open Configuration", "Create Migration Pair"];
  const message = "No folder of migrations was found in this workspace.";
  const answer = await vscode.window.showInformationMessage(message, name, create);
  if (answer === name) await vscode.commands.executeCommand("switchback.openConfig");
  if (answer === create) await vscode.commands.executeCommand("switchback.createMigrationPair");
}
