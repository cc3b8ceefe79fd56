import * as vscode from "vscode";
import type { FileEdit } from "#core/report/model.ts";
import { LineMap } from "#core/sql/line-map.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import { toRange } from "./ranges.ts";

/** Edits of a fix → one undoable edit of the workspace. Undefined where a file is gone. */
export function workspaceEdit(
  edits: readonly FileEdit[],
  folder: MigrationFolder,
): vscode.WorkspaceEdit | undefined {
  const result = new vscode.WorkspaceEdit();
  for (const edit of edits.map(wholeFolder).filter(isFirst)) {
    const uri = folder.uriOf(edit.file);
    switch (edit.kind) {
      case "create":
        result.createFile(uri, { contents: new TextEncoder().encode(edit.text), ignoreIfExists: true });
        break;
      case "rename":
        result.renameFile(uri, folder.uriOf(edit.to));
        break;
      case "delete":
        result.deleteFile(uri, { ignoreIfNotExists: true });
        break;
      case "replace": {
        const text = folder.textOf(edit.file);
        if (text === undefined) return undefined;
        // Lines and columns hold where the editor gives all lines one end, as it does when it opens the file.
        result.replace(uri, toRange(new LineMap(text).range(edit.start, edit.end)), edit.text);
      }
    }
  }
  return result;
}

/** `a/up.sql` → `b/up.sql` moves `a`, with all that is in it: the file alone would leave an empty folder behind. */
function wholeFolder(edit: FileEdit): FileEdit {
  if (edit.kind !== "rename") return edit;
  const [from, to] = [edit.file.lastIndexOf("/"), edit.to.lastIndexOf("/")];
  const [folder, moved] = [edit.file.slice(0, Math.max(from, 0)), edit.to.slice(0, Math.max(to, 0))];
  const isSameName = edit.file.slice(from) === edit.to.slice(to);
  return isSameName && folder !== moved ? { kind: "rename", file: folder, to: moved } : edit;
}

/** Of the files of a folder that moves, one says so. */
function isFirst(edit: FileEdit, index: number, all: readonly FileEdit[]): boolean {
  return (
    edit.kind !== "rename" ||
    all.findIndex((other) => other.kind === "rename" && other.file === edit.file) === index
  );
}
