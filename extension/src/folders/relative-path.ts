import type * as vscode from "vscode";

/** `db/migrations` for a file or folder below the root, empty for the root itself, undefined elsewhere. */
export function relativePath(root: vscode.Uri, uri: vscode.Uri): string | undefined {
  if (root.scheme !== uri.scheme || root.authority !== uri.authority) return undefined;
  const base = root.path.replace(/\/+$/, "");
  if (uri.path === base || uri.path === root.path) return "";
  return uri.path.startsWith(`${base}/`) ? uri.path.slice(base.length + 1) : undefined;
}
