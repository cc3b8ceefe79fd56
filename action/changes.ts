import { join } from "node:path";
import { type GitFolder, readGitFolder } from "#core/history/git-folder.ts";
import { belongsTo, type Folder } from "./folder.ts";
import type { Client } from "./github/client.ts";
import { type PullFile, pullFiles, pullFilesLimit } from "./github/pulls.ts";
import { filesAt, mergeBase, type TreeFile } from "./github/trees.ts";

/** Which paths of the folder a change touches, and how well that is known. */
export interface Changes {
  /** Absent when neither API nor git could tell: then everything counts as changed. */
  readonly touched?: ReadonlySet<string>;
  /** The pull request's files with their hunks, as far as they could be read. */
  readonly diff: readonly PullFile[];
  readonly note?: string;
}

export interface Sources {
  /** Absent without a token. */
  readonly client?: Client | undefined;
  /** The checkout. */
  readonly root: string;
  readonly folder: Folder;
}

/** The files of a pull request: from its list, which needs `pull-requests: read`, else from two trees, else from git. */
export async function changesOfPull(
  sources: Sources,
  pull: { readonly number: number; readonly base: string; readonly head: string },
): Promise<Changes> {
  const listed = sources.client && (await pullFiles(sources.client, pull.number));
  if (listed?.ok && listed.value.length < pullFilesLimit) {
    const paths = listed.value.flatMap((file) => [file.filename, file.previous_filename ?? file.filename]);
    return { touched: within(sources.folder, paths), diff: listed.value };
  }
  const diff = listed?.ok ? listed.value : [];
  return { ...(await changesBetween(sources, pull.base, pull.head, "merge-base")), diff };
}

/** What differs between two commits; from where they parted when `from` says so. */
export async function changesBetween(
  sources: Sources,
  base: string,
  head: string,
  from: "commit" | "merge-base",
): Promise<Changes> {
  const { client, folder } = sources;
  const touched = client && (await compareTrees(client, folder, base, head, from));
  if (touched) return { touched: within(folder, touched), diff: [] };
  const known = await fromGit(sources, base);
  if (known.ok) return { touched: known.changed, diff: [] };
  return {
    diff: [],
    note: "What changed could not be seen, so every migration was checked. The token needs contents: read, or the checkout fetch-depth: 0.",
  };
}

/** The checkout's own git, for when the API gives no answer. It knows only as much history as was fetched. */
export function fromGit({ root, folder }: Sources, ref: string): Promise<GitFolder> {
  return readGitFolder(join(root, folder.path), folder.path, ref, folder.layout);
}

async function compareTrees(
  client: Client,
  folder: Folder,
  base: string,
  head: string,
  from: "commit" | "merge-base",
): Promise<string[] | undefined> {
  const start = from === "commit" ? { ok: true as const, value: base } : await mergeBase(client, base, head);
  if (!start.ok) return undefined;
  // One after the other: the API asks for that, and a transcript of the calls reads the same every time.
  const before = await filesAt(client, start.value, folder.path);
  const after = before.ok ? await filesAt(client, head, folder.path) : before;
  return before.ok && after.ok ? differing(before.value, after.value) : undefined;
}

function differing(before: readonly TreeFile[], after: readonly TreeFile[]): string[] {
  const old = new Map(before.map((file) => [file.path, file.sha]));
  const now = new Map(after.map((file) => [file.path, file.sha]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path));
}

function within(folder: Folder, paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.filter((path) => belongsTo(folder, path)));
}
