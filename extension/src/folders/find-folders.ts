import * as vscode from "vscode";
import { groupBy } from "../group-by.ts";
import { configFileName } from "./config-file.ts";
import { hasMarker, migrationPlace } from "./migration-place.ts";
import { readDirectory } from "./read-directory.ts";
import { relativePath } from "./relative-path.ts";

/** A folder that holds migrations, found by its files or named by a configuration. */
export interface FoundFolder {
  readonly uri: vscode.Uri;
  /** Paths in findings are relative to it. */
  readonly root: vscode.Uri;
  /** How many levels of folders below hold its files. */
  readonly depth: number;
}

const excluded = ["node_modules", "vendor", ".git", "dist", "target"];

/** Levels of folders below the root of a virtual workspace, each of which costs a request. */
const deepest = 6;

/** Every migration folder of the workspace by its files: one search; a file is read only where names do not tell. */
export async function findFolders(): Promise<FoundFolder[]> {
  const found = new Map<string, FoundFolder>();
  for (const { uri: root } of vscode.workspace.workspaceFolders ?? []) {
    const files = await search(root, ".sql");
    const placed = files.flatMap((file) => {
      const place = migrationPlace(relativePath(root, file) ?? "");
      return place ? [{ file, place }] : [];
    });
    for (const [path, entries] of groupBy(placed, ({ place }) => place.folder)) {
      const certain = entries.find(({ place }) => place.certain);
      const [first] = entries;
      if (!first || !(certain || (await isMarked(first.file)))) continue;
      const uri = vscode.Uri.joinPath(root, path);
      const depth = Math.max(...entries.map(({ place }) => place.depth));
      found.set(uri.toString(), { uri, root, depth });
    }
  }
  return [...found.values()];
}

/** Every configuration of the workspace. */
export async function findConfigFiles(): Promise<{ readonly uri: vscode.Uri; readonly root: vscode.Uri }[]> {
  const found = (vscode.workspace.workspaceFolders ?? []).map(async ({ uri: root }) =>
    (await search(root, configFileName)).map((uri) => ({ uri, root })),
  );
  return (await Promise.all(found)).flat();
}

/** Is a file of this name reason enough to look whether its folder holds migrations? */
export function mayBeMigration(uri: vscode.Uri): boolean {
  return migrationPlace(uri.path) !== undefined;
}

export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

/** Files whose name ends so. */
async function search(root: vscode.Uri, ending: string): Promise<vscode.Uri[]> {
  // The editor searches its own disk; for another file system it would wait for a search that nobody offers.
  if (root.scheme !== "file") return walk(root, ending, deepest);
  return vscode.workspace.findFiles(
    new vscode.RelativePattern(root, `**/*${ending}`),
    new vscode.RelativePattern(root, `**/{${excluded.join(",")}}/**`),
  );
}

async function walk(folder: vscode.Uri, ending: string, levels: number): Promise<vscode.Uri[]> {
  const found = (await readDirectory(folder)).map(async ([name, type]) => {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type & vscode.FileType.File) return name.endsWith(ending) ? [uri] : [];
    return levels > 0 && !excluded.includes(name) ? walk(uri, ending, levels - 1) : [];
  });
  return (await Promise.all(found)).flat();
}

async function isMarked(file: vscode.Uri): Promise<boolean> {
  try {
    return hasMarker(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  } catch {
    return false;
  }
}
