import { join } from "node:path";
import { type GitFolder, readGitFolder } from "#core/history/git-folder.ts";
import type { PullOccasion } from "./event.ts";
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
  /** The commit to compare with is not there any more; or no token could ask for it, and the checkout is without. */
  readonly lost?: "gone" | "unseen";
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
  { number, base, head, privileged }: PullOccasion,
): Promise<Changes> {
  const listed = sources.client && (await pullFiles(sources.client, number));
  if (listed?.ok && listed.value.length < pullFilesLimit) {
    const paths = listed.value.flatMap((file) => [file.filename, file.previous_filename ?? file.filename]);
    return { ...within(sources.folder, paths), diff: listed.value };
  }
  const diff = listed?.ok ? listed.value : [];
  // Beside a token that may write, the checkout is the base's own, where nothing has changed.
  const inGit = privileged ? [] : namesInGit(base);
  const start = { name: base.sha, from: "merge-base", inGit } as const;
  return { ...(await changesBetween(sources, start, head.sha)), diff };
}

/** What a commit is compared with. */
export interface Start {
  /** A commit or a branch, for the API. */
  readonly name: string;
  readonly from: "commit" | "merge-base";
  /** What git may know it as. */
  readonly inGit: readonly string[];
}

/** What differs between two commits; from where they parted when the start says so. */
export async function changesBetween(sources: Sources, start: Start, head: string): Promise<Changes> {
  const { client, folder } = sources;
  const touched = client && (await compareTrees(client, folder, start, head));
  if (touched?.ok) return { ...within(folder, touched.value), diff: [] };
  const known = await fromGit(sources, start.inGit);
  if (known.ok) return { touched: known.changed, diff: [] };
  const unknown = {
    diff: [],
    note: `What changed could not be seen, so every migration was checked. ${whatWouldHelp(touched)}`,
  };
  if (!client || !touched) return { ...unknown, lost: "unseen" };
  // What may not be read has the same answer as what is not there: the other commit tells the two apart.
  const isUnknown = touched.status === 404 || touched.status === 422;
  const gone = start.from === "commit" && isUnknown && (await filesAt(client, head, folder.path)).ok;
  return gone ? { ...unknown, lost: "gone" } : unknown;
}

/** `refusal` is absent where there was no token to ask with. */
function whatWouldHelp(refusal: Refusal | undefined): string {
  if (!refusal) return "There is no github-token, and only a checkout with fetch-depth: 0 would tell.";
  return lacksPermission(refusal)
    ? "The token needs contents: read, or the checkout fetch-depth: 0."
    : `GitHub did not tell (${refusal.message}); a checkout with fetch-depth: 0 would.`;
}

/** What the checkout's git may know a branch as, the best first: it has others than its own as origin's. */
export function namesInGit({ ref, sha }: { readonly ref: string; readonly sha?: string }): string[] {
  return [...(sha === undefined ? [] : [sha]), `origin/${ref}`, ref];
}

/** The checkout's own git, for when the API gives no answer. It knows only as much history as was fetched. */
export async function fromGit({ root, folder }: Sources, names: readonly string[]): Promise<GitFolder> {
  let read: GitFolder = { ok: false, problem: "nothing to look for" };
  for (const name of names) {
    read = await readGitFolder(join(root, folder.path), folder.path, name, folder.layout);
    if (read.ok) break;
  }
  return read;
}

async function compareTrees(
  client: Client,
  folder: Folder,
  { name, from }: Start,
  head: string,
): Promise<Reply<string[]>> {
  const start = from === "commit" ? granted(name) : await mergeBase(client, name, head);
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
