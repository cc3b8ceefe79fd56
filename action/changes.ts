import { join } from "node:path";
import { type GitFolder, readGitFolder } from "#core/history/git-folder.ts";
import { belongsTo, type Folder } from "./folder.ts";
import type { Client } from "./github/client.ts";
import { type PullFile, pullFiles, pullFilesLimit } from "./github/pulls.ts";
import { granted, lacksPermission, type Refusal, type Reply } from "./github/reply.ts";
import { filesAt, mergeBase, type TreeFile } from "./github/trees.ts";

/** Which paths of the folder a change touches, and how well that is known. */
export interface Changes {
  /** Absent when nobody could tell: then everything counts as changed. */
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
    return { ...within(sources.folder, paths), diff: listed.value };
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
  if (touched?.ok) return { ...within(folder, touched.value), diff: [] };
  const known = await fromGit(sources, base);
  if (known.ok) return { touched: known.changed, diff: [] };
  return {
    diff: [],
    note: `What changed could not be seen, so every migration was checked. ${whatWouldHelp(touched)}`,
  };
}

/** `refusal` is absent where there was no token to ask with. */
function whatWouldHelp(refusal: Refusal | undefined): string {
  if (!refusal) return "There is no github-token, and only a checkout with fetch-depth: 0 would tell.";
  return lacksPermission(refusal)
    ? "The token needs contents: read, or the checkout fetch-depth: 0."
    : `GitHub did not tell (${refusal.message}); a checkout with fetch-depth: 0 would.`;
}

/** The checkout's own git, for when the API gives no answer. It knows only as much history as was fetched. */
export async function fromGit({ root, folder }: Sources, ref: string): Promise<GitFolder> {
  const at = (name: string) => readGitFolder(join(root, folder.path), folder.path, name, folder.layout);
  const own = await at(ref);
  // A checkout has other branches as origin's alone.
  return own.ok ? own : at(`origin/${ref}`);
}

async function compareTrees(
  client: Client,
  folder: Folder,
  base: string,
  head: string,
  from: "commit" | "merge-base",
): Promise<Reply<string[]>> {
  const start = from === "commit" ? granted(base) : await mergeBase(client, base, head);
  if (!start.ok) return start;
  // One after the other: the API asks for that, and a transcript of the calls reads the same every time.
  const before = await filesAt(client, start.value, folder.path);
  if (!before.ok) return before;
  const after = await filesAt(client, head, folder.path);
  return after.ok ? granted(differing(before.value, after.value)) : after;
}

function differing(before: readonly TreeFile[], after: readonly TreeFile[]): string[] {
  const old = new Map(before.map((file) => [file.path, file.sha]));
  const now = new Map(after.map((file) => [file.path, file.sha]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path));
}

/** What stands above the folder is a submodule that holds it, or a link: what became of the files is not told. */
function within(folder: Folder, paths: readonly string[]): Pick<Changes, "touched" | "note"> {
  const above = paths.find((path) => path === folder.path || folder.path.startsWith(`${path}/`));
  if (above === undefined) return { touched: new Set(paths.filter((path) => belongsTo(folder, path))) };
  return {
    note: `What changed inside of ${above}, a submodule, cannot be seen from here, so every migration was checked.`,
  };
}
