import * as vscode from "vscode";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";

/** Milliseconds without a keystroke after which somebody has paused. */
const pause = 600;

/** In which folders somebody is writing at the moment. */
export class Typing implements vscode.Disposable {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #didPause = new vscode.EventEmitter<MigrationFolder>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidPause = this.#didPause.event;

  constructor(folders: MigrationFolders) {
    this.#subscriptions = vscode.Disposable.from(
      this.#didPause,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
        const folder = contentChanges.length > 0 && folders.of(document.uri);
        // What is undone or done again was written before.
        if (folder && reason === undefined) this.#writes(folder);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        const folder = folders.of(document.uri);
        if (folder) this.#pauses(folder);
      }),
    );
  }

  isIn(folder: MigrationFolder): boolean {
    return this.#timers.has(keyOf(folder));
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  #writes(folder: MigrationFolder): void {
    clearTimeout(this.#timers.get(keyOf(folder)));
    this.#timers.set(
      keyOf(folder),
      setTimeout(() => this.#pauses(folder), pause),
    );
  }

  #pauses(folder: MigrationFolder): void {
    clearTimeout(this.#timers.get(keyOf(folder)));
    if (this.#timers.delete(keyOf(folder))) this.#didPause.fire(folder);
  }
}

function keyOf({ uri }: MigrationFolder): string {
  return uri.toString();
}
