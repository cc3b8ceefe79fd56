import * as vscode from "vscode";

/** The answer to a command about migration folders where there is none: silence would look like a defect. */
export function sayNoFolder(): void {
  void vscode.window.showInformationMessage("No folder of migrations was found in this workspace.");
}
