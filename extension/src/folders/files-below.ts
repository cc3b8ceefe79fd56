import * as vscode from "vscode";
import { readDirectory } from "./read-directory.ts";

/** Files of a folder and of so many levels below it; none where it is no folder, or gone. */
export async function filesBelow(folder: vscode.Uri, levels: number): Promise<vscode.Uri[]> {
  const entries = await readDirectory(folder);
  const files = entries.map(async ([name, type]) => {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type & vscode.FileType.File) return [uri];
    return type & vscode.FileType.Directory && levels > 0 ? filesBelow(uri, levels - 1) : [];
  });
  return (await Promise.all(files)).flat();
}
