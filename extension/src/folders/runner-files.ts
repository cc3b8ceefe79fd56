import * as vscode from "vscode";
import { levelsAbove, runnerFilesFor, runnerSigns } from "#core/migration/layout/runner-files.ts";
import { exists } from "./config-file.ts";

/** What the files of other tools near a folder tell of its runner, as the command line finds it. */
export async function runnerFilesNear(folder: vscode.Uri): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  let at = folder;
  for (let level = 0; level < levelsAbove; level++) {
    const path = folder.path.slice(at.path.length).replace(/^\//, "");
    const there = await Promise.all(
      runnerFilesFor(path, seen).map(async ({ name, read }) => {
        const signs = await signsIn(vscode.Uri.joinPath(at, name), name, read);
        return { name, signs };
      }),
    );
    for (const { name, signs } of there) {
      if (!signs) continue;
      seen.add(name);
      found.push(...signs);
    }
    const parent = vscode.Uri.joinPath(at, "..");
    if (parent.path === at.path || (await exists(vscode.Uri.joinPath(at, ".git")))) break;
    at = parent;
  }
  return found;
}

/** Undefined where there is no such file. */
async function signsIn(uri: vscode.Uri, name: string, read: boolean): Promise<string[] | undefined> {
  if (!(await exists(uri))) return undefined;
  try {
    const text = read ? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) : "";
    return runnerSigns(name, text);
  } catch {
    return [];
  }
}
