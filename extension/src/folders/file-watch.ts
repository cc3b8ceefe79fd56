import * as vscode from "vscode";
import { layouts } from "#core/migration/layout/layouts.ts";
import { configFileName } from "./config-file.ts";
import { filesBelow } from "./files-below.ts";
import { nameOf } from "./find-folders.ts";

export interface FileWatchHandlers {
  /** An SQL file was made or changed on disk. */
  onFile(uri: vscode.Uri): void;
  /** A file or a folder was deleted or moved away. */
  onGone(uri: vscode.Uri): void;
  onConfig(): void;
  /** A document was opened or edited, or, where checks run on save only, saved. */
  onDocument(document: vscode.TextDocument): void;
  onClose(document: vscode.TextDocument): void;
  onWorkspaceFolders(): void;
}

/** Tells of every change that may matter to a migration folder, on disk and in the editor. */
export class FileWatch implements vscode.Disposable {
  readonly #disposables: vscode.Disposable[];

  constructor(handlers: FileWatchHandlers) {
    const files = vscode.workspace.createFileSystemWatcher(
      `**/{*.sql*,metadata.toml,_journal.json,${configFileName}}`,
    );
    const watched = /\.sql|^metadata\.toml$|^_journal\.json$|^switchback\.jsonc$/;
    const dispatch = (uri: vscode.Uri) =>
      nameOf(uri) === configFileName ? handlers.onConfig() : handlers.onFile(uri);
    // A deleted folder is one event of its own name, and none for the files in it. One that is made is too, where its
    // files were there before the editor looked into it: Prisma makes a folder for each migration.
    const folders = vscode.workspace.createFileSystemWatcher("**/*", false, true, false);
    const documentChanged = (document: vscode.TextDocument) => {
      if (nameOf(document.uri) === configFileName) handlers.onConfig();
      else handlers.onDocument(document);
    };
    this.#disposables = [
      files,
      files.onDidCreate(dispatch),
      files.onDidChange(dispatch),
      folders,
      folders.onDidCreate(async (uri) => {
        // Of a program its name is all that counts.
        if (isProgram(nameOf(uri))) handlers.onFile(uri);
        if (nameOf(uri).includes(".")) return;
        for (const file of await filesBelow(uri, 1)) if (watched.test(nameOf(file))) dispatch(file);
      }),
      folders.onDidDelete((uri) =>
        nameOf(uri) === configFileName ? handlers.onConfig() : handlers.onGone(uri),
      ),
      vscode.workspace.onDidOpenTextDocument(documentChanged),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (runsOnType(document)) documentChanged(document);
      }),
      vscode.workspace.onDidSaveTextDocument(documentChanged),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (nameOf(document.uri) === configFileName) handlers.onConfig();
        else handlers.onClose(document);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => handlers.onWorkspaceFolders()),
    ];
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function isProgram(name: string): boolean {
  return Object.values(layouts).some(({ programs }) => programs?.test(name));
}

/** Is it checked while it is typed, or only when it is saved? */
export function runsOnType(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration("switchback", document).get("lint.run") !== "onSave";
}
