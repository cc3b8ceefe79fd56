import * as vscode from "vscode";
import { isWantedSomewhere, layouts, listFiles } from "#core/migration/layout/layouts.ts";
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

  /** All of them, as deep as the folder goes, and what lists them. */
  async loadAll(folder: MigrationFolder): Promise<void> {
    const lists = listFiles.map((name) => vscode.Uri.joinPath(folder.uri, name));
    const files = [...(await filesBelow(folder.uri, folder.depth)), ...lists];
    await Promise.all(files.map((uri) => this.load(folder, uri)));
    // The editor keeps documents of deleted files in memory for a while: those do not count.
    const there = new Set(files.map((uri) => uri.toString()));
    const open = vscode.workspace.textDocuments.filter(({ uri }) => there.has(uri.toString()));
    await Promise.all(open.map((document) => this.show(folder, document)));
  }

  /** Reads a file that is not open. */
  async load(folder: MigrationFolder, uri: vscode.Uri): Promise<void> {
    if (wants(folder, uri)) await this.#read(folder, uri, () => !isOpen(uri));
  }

  /** The document counts from now on, saved or not. */
  async show(folder: MigrationFolder, document: vscode.TextDocument): Promise<void> {
    if (!wants(folder, document.uri)) return;
    if (hidesBytes(document)) return this.#read(folder, document.uri, () => hidesBytes(document));
    this.#loading.delete(document.uri.toString());
    folder.session.set(folder.pathOf(document.uri), () => textOf(document));
  }

  /** A file, or a folder with all that is in it. */
  drop(folder: MigrationFolder, uri: vscode.Uri): void {
    this.#loading.delete(uri.toString());
    const gone = folder.pathOf(uri);
    for (const path of folder.session.paths)
      if (path === gone || path.startsWith(`${gone}/`)) folder.session.delete(path);
  }

  async #read(folder: MigrationFolder, uri: vscode.Uri, isWanted: () => boolean): Promise<void> {
    if (!isWanted()) return;
    const path = folder.pathOf(uri);
    const key = uri.toString();
    const turn = {};
    this.#loading.set(key, turn);
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      // A later event may have overtaken this reading: the file was changed again, or deleted.
      if (this.#loading.get(key) === turn && isWanted()) folder.session.set(path, () => bytes);
    } catch (error) {
      if (this.#loading.get(key) === turn) folder.session.delete(path);
      this.#log.debug(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The files that the command line reads too. */
function wants(folder: MigrationFolder, uri: vscode.Uri): boolean {
  const name = relativePath(folder.uri, uri) ?? "";
  const layout = layouts[folder.session.config.layout];
  // `auto` looks at the files first.
  return layout ? layout.wants(name) : isWantedSomewhere(name);
}

function isOpen(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === key);
}

/** A document that is as its file is, but does not tell that the file is not plain UTF-8: what is run are the bytes. */
function hidesBytes(document: vscode.TextDocument): boolean {
  return !document.isDirty && (document.encoding !== "utf8" || document.getText().includes("\ufffd"));
}

function textOf(document: vscode.TextDocument): string {
  return `${document.encoding === "utf8bom" ? "\ufeff" : ""}${document.getText()}`;
}
