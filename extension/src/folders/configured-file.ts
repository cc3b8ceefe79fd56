import * as vscode from "vscode";
import type { MigrationFolder } from "./migration-folder.ts";

/** A file that the configuration names, such as the prelude: its path is relative to the configuration. */
export async function configuredFile(
  folder: MigrationFolder,
  named: string | undefined,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  if (named === undefined) return undefined;
  const base = folder.configUri ? vscode.Uri.joinPath(folder.configUri, "..") : folder.root;
  const uri = vscode.Uri.joinPath(base, named);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return { path: folder.pathOf(uri), text };
}
