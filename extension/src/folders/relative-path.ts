import type * as vscode from "vscode";

/** `db/migrations` for a file or folder below the root, empty for the root itself, undefined elsewhere. */
export function relativePath(root: vscode.Uri, uri: vscode.Uri): string | undefined {
  if (root.scheme !== uri.scheme || root.authority !== uri.authority) return undefined;
  const base = drivePath(root).replace(/\/+$/, "");
  const path = drivePath(uri);
  if (path === base || path === `${base}/`) return "";
  return path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined;
}

/** `/C:/a` and `/c:/a` are one place, and the editor hands out both. */
function drivePath({ path }: vscode.Uri): string {
  return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}
