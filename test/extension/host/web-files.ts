/** An extension beside the one under test: the file system that the workbench in a browser opens. */
import * as vscode from "vscode";
import { MemoryFiles } from "./memory-files.ts";
import { sample } from "./sample.ts";

export function activate(context: vscode.ExtensionContext): void {
  const files = Object.fromEntries(Object.entries(sample).map(([path, text]) => [`shop/${path}`, text]));
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider("switchback-web", new MemoryFiles(files), {
      isCaseSensitive: true,
    }),
  );
}
