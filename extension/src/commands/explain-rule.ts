import * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis.ts";
import type { VirtualDocuments } from "../surfaces/virtual-documents.ts";

/** The page of a rule, as a rendered document. Without an argument the person picks the rule. */
export async function explainRule(
  analysis: Analysis,
  pages: VirtualDocuments,
  argument: unknown,
): Promise<void> {
  const rule = typeof argument === "string" ? argument : await pickRule(analysis);
  if (rule === undefined) return;
  const page = await analysis.rulePage({ rule });
  if (page === undefined) {
    void vscode.window.showInformationMessage(`There is no rule called ${rule}.`);
    return;
  }
  const uri = pages.put(`${rule}.md`, page);
  const { command, ...shown } = await markdownPreview();
  if (command) await vscode.commands.executeCommand(command, uri);
  else await vscode.window.showTextDocument(uri, shown);
}

/** The editor's own Markdown preview, where it was not disabled. */
async function markdownPreview(): Promise<{ command?: string; preview: boolean }> {
  const command = "markdown.showPreview";
  const known = await vscode.commands.getCommands(true);
  return known.includes(command) ? { command, preview: true } : { preview: true };
}

async function pickRule(analysis: Analysis): Promise<string | undefined> {
  const items = (await analysis.rules(undefined)).map(({ name, summary }) => ({
    label: name,
    detail: summary,
  }));
  const options = { placeHolder: "Which rule?", matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.label;
}
