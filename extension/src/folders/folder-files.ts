import * as vscode from "vscode";
import { layouts } from "#core/migration/layout/layouts.ts";
import { filesBelow } from "./files-below.ts";
import type { MigrationFolder } from "./migration-folder.ts";
import { relativePath } from "./relative-path.ts";

/** Brings the files of migration folders into their sessions: an open document counts, else the file. */
export class FolderFiles {
  readonly #log: vscode.LogOutputChannel;
  /** The last reading of each file that was begun. */
  readonly #loading = new Map<string, object>();

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** All of them, as deep as the folder goes. */
  async loadAll(folder: MigrationFolder): Promise<void> {
    const files = await filesBelow(folder.uri, folder.depth);
    await Promise.all(files.map((uri) => this.load(folder, uri)));
    // The editor keeps documents of deleted files in memory for a while: those do not count.
    const there = new Set(files.map((uri) => uri.toString()));
    for (const document of vscode.workspace.textDocuments)
      if (there.has(document.uri.toString())) this.show(folder, document);
  }

  /** Reads a file that is not open. */
  async load(folder: MigrationFolder, uri: vscode.Uri): Promise<void> {
    if (!wants(folder, uri) || isOpen(uri)) return;
    const path = folder.pathOf(uri);
    const key = uri.toString();
    const turn = {};
    this.#loading.set(key, turn);
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      // A later event may have overtaken this reading: the file was changed again, or deleted.
      if (this.#loading.get(key) === turn && !isOpen(uri)) folder.session.set(path, () => bytes);
    } catch (error) {
      folder.session.delete(path);
      this.#log.debug(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** The document counts from now on, saved or not. */
  show(folder: MigrationFolder, document: vscode.TextDocument): void {
    if (wants(folder, document.uri))
      folder.session.set(folder.pathOf(document.uri), () => document.getText());
  }

  /** A file, or a folder with all that is in it. */
  drop(folder: MigrationFolder, uri: vscode.Uri): void {
    this.#loading.delete(uri.toString());
    const gone = folder.pathOf(uri);
    for (const path of folder.session.paths)
      if (path === gone || path.startsWith(`${gone}/`)) folder.session.delete(path);
  }
}

/** The files that the command line reads too. */
function wants(folder: MigrationFolder, uri: vscode.Uri): boolean {
  const name = relativePath(folder.uri, uri) ?? "";
  const layout = layouts[folder.session.config.layout];
  // `auto` looks at the files first.
  return layout ? layout.wants(name) : /\.sql$|(^|\/)metadata\.toml$|\.sql\.conf$/i.test(name);
}

function isOpen(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === key);
}
