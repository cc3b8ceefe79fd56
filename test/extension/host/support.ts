import * as vscode from "vscode";
import type { MigrationFolder } from "../../../extension/src/folders/migration-folder.ts";
import type { Api } from "../../../extension/src/start-extension.ts";

export const extensionId = "switchback.pg-switchback";

export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>(extensionId);
  if (!extension) throw new Error(`${extensionId} is not installed`);
  return extension.activate();
}

/** The first folder of the workspace. */
function root(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("no folder is open");
  return folder.uri;
}

/** The folder `migrations`. */
export async function folder(): Promise<MigrationFolder> {
  const { folders } = await api();
  return eventually("the folder", () => folders.all.find(({ session }) => session.folder === "migrations"));
}

/** Of a run that nobody cancels. */
export const none = new vscode.CancellationTokenSource().token;

export function file(path: string): vscode.Uri {
  return vscode.Uri.joinPath(root(), path);
}

/**
 * Writes a file and waits until the editor has told of it. What comes and goes before the editor looks is never told of,
 * and then nobody can know.
 */
export async function write(path: string, text: string): Promise<vscode.Uri> {
  await told(file(path), () => vscode.workspace.fs.writeFile(file(path), new TextEncoder().encode(text)));
  return file(path);
}

/** Deletes a file, or a folder, and waits until the editor has told of it. */
export async function remove(path: string): Promise<void> {
  await told(file(path), () => vscode.workspace.fs.delete(file(path), { recursive: true }));
}

async function told(uri: vscode.Uri, change: () => Thenable<void>): Promise<void> {
  const watcher = vscode.workspace.createFileSystemWatcher("**/*");
  let hear: () => void = () => {};
  const heard = new Promise<void>((resolve) => {
    hear = resolve;
  });
  // Of a folder that was made for it, the folder alone may be told of.
  const listen = (it: vscode.Uri) => {
    if (uri.toString().startsWith(it.toString())) hear();
  };
  for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) event(listen);
  await change();
  await Promise.race([heard, new Promise((late) => setTimeout(late, 60_000))]);
  watcher.dispose();
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file(path)));
}

/** Asks again until there is an answer, for at most five minutes: hosts are tested on slow machines. */
export async function eventually<T>(
  what: string | (() => string),
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + 300_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited in vain: ${typeof what === "string" ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until the extension has the files of its folders as they are on disk: it hears of them late. */
export async function inStep(): Promise<void> {
  const { folders } = await api();
  await eventually("the files as they are on disk", async () => {
    await folders.settled();
    return (await Promise.all(folders.all.map(isInStep))).every((it) => it);
  });
}

async function isInStep(folder: MigrationFolder): Promise<boolean> {
  const { uri, session } = folder;
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    const files = entries.filter(([name]) => name.endsWith(".sql")).map(([name]) => name);
    const there = files.map(async (name) => {
      const at = vscode.Uri.joinPath(uri, name);
      const known = session.content(folder.pathOf(at));
      // Of an open document it has the text that the editor has.
      if (typeof known === "string") return true;
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return known !== undefined && text(known) === text(await vscode.workspace.fs.readFile(at));
    });
    return session.paths.length === files.length && (await Promise.all(there)).every((it) => it);
  } catch {
    return false;
  }
}

/** The two sides of the diff that is shown. */
export function shownDiff(): Promise<vscode.TabInputTextDiff> {
  return eventually("a diff", () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff && input;
  });
}

/** Names of the rules that the file's diagnostics carry, in the order of their places. */
export function rulesAt(path: string): string[] {
  return vscode.languages
    .getDiagnostics(file(path))
    .toSorted((a, b) => a.range.start.compareTo(b.range.start))
    .map(({ code }) => (typeof code === "object" ? String(code.value) : String(code)));
}

export function waitForRules(path: string, rules: readonly string[]): Promise<true> {
  return eventually(
    () => `${path}: ${rules.join(", ") || "no finding"}, not ${rulesAt(path).join(", ")}`,
    () => JSON.stringify(rulesAt(path)) === JSON.stringify(rules),
  ) as Promise<true>;
}

export async function closeEverything(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

/** Puts a text in the place of all that the document holds, as if it were typed. */
export async function replaceAll(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const end = document.lineAt(document.lineCount - 1).range.end;
  await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), text));
}
