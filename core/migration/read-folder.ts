import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Layout } from "./layout/layout.ts";
import type { RawFile } from "./model.ts";

/** A file that could not be read, and the system's code for it: `EACCES`. */
export interface UnreadableFile {
  readonly path: string;
  readonly code: string;
}

export type FolderOnDisk =
  | { readonly ok: true; readonly files: readonly RawFile[]; readonly unreadable: readonly UnreadableFile[] }
  | { readonly ok: false; readonly reason: "missing" | "not-a-folder" | "unreadable"; readonly code: string };

/**
 * Reads the files of a migration folder that its layout wants. `shown` is the folder as messages name it. Symbolic links
 * are followed; what is neither file nor folder (a pipe, a socket) is left alone, for reading it could wait for ever.
 */
export function readFolder(folder: string, shown: string, layout: Layout): FolderOnDisk {
  const files: RawFile[] = [];
  const unreadable: UnreadableFile[] = [];
  const prefix = shown === "" || shown === "." ? "" : `${shown.replace(/\/+$/, "")}/`;

  const readEntry = (entry: Dirent, path: string, depth: number) => {
    const full = join(folder, path);
    const kind = entry.isSymbolicLink() ? statSync(full) : entry;
    if (kind.isDirectory() && depth < layout.depth) descend(path, depth + 1);
    if (kind.isFile() && layout.wants(path)) files.push({ path: prefix + path, bytes: readFileSync(full) });
  };
  const descend = (within: string, depth: number) => {
    const entries = readdirSync(join(folder, within), { withFileTypes: true });
    for (const entry of entries) {
      const path = within === "" ? entry.name : `${within}/${entry.name}`;
      try {
        readEntry(entry, path, depth);
      } catch (error) {
        if (layout.wants(path)) unreadable.push({ path: prefix + path, code: codeOf(error) });
      }
    }
  };

  try {
    descend("", 0);
  } catch (error) {
    const code = codeOf(error);
    const reason = code === "ENOENT" ? "missing" : code === "ENOTDIR" ? "not-a-folder" : "unreadable";
    return { ok: false, reason, code };
  }
  // Programs alone are nothing to read.
  const isProgram = ({ path }: RawFile) => layout.programs?.test(path.slice(prefix.length)) ?? false;
  return { ok: true, files: files.every(isProgram) ? [] : files, unreadable };
}

/** System calls fail with a code; anything else is a bug and goes on its way. */
function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  throw error;
}
