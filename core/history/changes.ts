/** What happened to one file between the base and the change. */
export type FileChange =
  | { readonly kind: "added"; readonly path: string }
  | { readonly kind: "edited"; readonly path: string }
  | { readonly kind: "deleted"; readonly path: string }
  | { readonly kind: "renamed"; readonly path: string; readonly from: string };

export interface FileText {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Compares a folder with the same folder on the base branch. Only paths in `touched` count: where the base moved on
 * since the change was made, a file that only the base has was not deleted here. A file that vanished while another
 * with the same bytes appeared was renamed.
 */
export function fileChanges(
  base: readonly FileText[],
  head: readonly FileText[],
  touched: (path: string) => boolean,
): FileChange[] {
  const before = new Map(base.map((file) => [file.path, file.bytes]));
  const after = new Map(head.map((file) => [file.path, file.bytes]));
  const added = head.filter((file) => touched(file.path) && !before.has(file.path));
  const gone = base.filter((file) => touched(file.path) && !after.has(file.path));

  const changes: FileChange[] = [];
  const appeared = new Set(added);
  for (const file of gone) {
    const twin = [...appeared].find((candidate) => sameBytes(candidate.bytes, file.bytes));
    if (twin) {
      appeared.delete(twin);
      changes.push({ kind: "renamed", path: twin.path, from: file.path });
    } else changes.push({ kind: "deleted", path: file.path });
  }
  for (const file of appeared) changes.push({ kind: "added", path: file.path });
  for (const file of head) {
    const old = before.get(file.path);
    if (old && touched(file.path) && !sameBytes(old, file.bytes)) {
      changes.push({ kind: "edited", path: file.path });
    }
  }
  return changes;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
