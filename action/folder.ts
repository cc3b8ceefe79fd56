import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import type { Layout } from "#core/migration/layout/layout.ts";
import { type FolderOnDisk, readFolder } from "#core/migration/read-folder.ts";

/** The migration folder: where it stands in the repository, and how its files are called. */
export interface Folder {
  /** From the root of the repository, with `/`; empty for the root itself. */
  readonly path: string;
  readonly layout: Layout;
}

/** Is this path (from the root of the repository) a file that the layout reads? */
export function belongsTo({ path: folder, layout }: Folder, path: string): boolean {
  const prefix = folder === "" ? "" : `${folder}/`;
  if (!path.startsWith(prefix)) return false;
  const name = path.slice(prefix.length);
  return name.split("/").length - 1 <= layout.depth && layout.wants(name);
}

/** Reads the folder from the checkout, without what is elsewhere. */
export function readCheckout(root: string, folder: Folder): FolderOnDisk {
  const read = readFolder(join(root, folder.path), folder.path, folder.layout);
  if (!read.ok) return read;
  return { ...read, files: read.files.filter(({ path }) => staysInside(root, path)) };
}

/**
 * A symbolic link in a stranger's branch, of a file or of a folder, must not make the report quote files of the runner,
 * or the token that a checkout left in its `.git`: links may only lead to other files of the checkout.
 */
export function staysInside(root: string, path: string): boolean {
  const inside = relative(realpathSync.native(root), realpathSync.native(join(root, path)));
  const [first = "", ...rest] = inside.toLowerCase().split(sep);
  return first !== ".." && !isAbsolute(inside) && ![first, ...rest].includes(".git");
}

/** The hash that git gives to these bytes: unchanged files need not be fetched again. */
export function blobHash(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
