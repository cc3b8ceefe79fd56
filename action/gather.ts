import { posix } from "node:path";
import type { OtherPull } from "#core/history/pull.ts";
import { exampleName } from "#core/migration/layout/example-name.ts";
import type { RawFile } from "#core/migration/model.ts";
import { type Changes, changesBetween, changesOfPull, fromGit, namesInGit, type Sources } from "./changes.ts";
import type { Occasion } from "./event.ts";
import { belongsTo, blobHash, type Folder, readCheckout } from "./folder.ts";
import { formerFolder } from "./former-folder.ts";
import { readBlobs } from "./github/blobs.ts";
import type { Client } from "./github/client.ts";
import { branchesBelow, openPulls } from "./github/pulls.ts";
import { lacksPermission } from "./github/reply.ts";
import { branchTip, filesAt } from "./github/trees.ts";
import type { BaseFolder, Scene } from "./scene.ts";

/** An occasion whose folder can be looked at. */
export type Comparable = Extract<Occasion, { kind: "pull" | "queue" | "push" | "all" }>;

export interface GatherInput extends Sources {
  readonly occasion: Comparable;
  readonly checkOpenPulls: boolean;
  /** Where the configuration names the folder: `"migrations" in switchback.jsonc:3`. */
  readonly namedBy?: string | undefined;
}

export type Gathered =
  | { readonly ok: true; readonly scene: Scene }
  | { readonly ok: false; readonly reason: string };

/** Reads folder, change, base and neighbours. What cannot be seen becomes a note; only a missing folder ends the run. */
export async function gather(input: GatherInput): Promise<Gathered> {
  const { occasion } = input;
  const changes = await changesFor(input);
  const instead = occasion.kind === "push" && (await gatherInstead(input, occasion, changes));
  if (instead) return instead;
  const files = await headFiles(input, changes);
  if ("reason" in files) return { ok: false, reason: files.reason };
  if (files.length === 0 && !changes?.touched) return { ok: false, reason: emptyWords(input.folder) };
  const notes = changes?.note ? [changes.note] : [];
  const scene = {
    files,
    ...(changes?.touched ? { changed: changes.touched } : {}),
    pulls: [] as readonly OtherPull[],
    diff: changes?.diff ?? [],
    facts: [] as readonly string[],
    notes: notes as readonly string[],
  };
  if (occasion.kind === "all" || changes?.touched?.size === 0) return { ok: true, scene };

  const base = await baseFolder(input, files);
  const others = await neighbours(input);
  return {
    ok: true,
    scene: {
      ...scene,
      ...(base ? { base } : {}),
      pulls: others.pulls,
      facts: [...(base ? [`base ${base.ref}@${base.sha.slice(0, 7)}`] : []), ...others.facts],
      notes: [
        ...notes,
        ...(base
          ? []
          : [`The tip of ${occasion.base.ref} could not be read, so the order was not checked against it.`]),
        ...others.notes,
      ],
    },
  };
}

async function changesFor(input: GatherInput): Promise<Changes | undefined> {
  const { occasion } = input;
  switch (occasion.kind) {
    case "pull":
      return changesOfPull(input, occasion);
    case "queue":
      return changesBetween(input, since(occasion.base.sha), occasion.head.sha);
    case "push": {
      const { ref, sha } = occasion.base;
      const parted = { name: ref, from: "merge-base", inGit: namesInGit({ ref }) } as const;
      return changesBetween(input, sha ? since(sha) : parted, occasion.head.sha);
    }
    case "all":
      return undefined;
  }
}

function since(sha: string) {
  return { name: sha, from: "commit", inGit: [sha] } as const;
}

type Push = Extract<Comparable, { kind: "push" }>;

/** The commit before the push is lost: what the first push of a branch is compared with is the next best. */
async function gatherInstead(
  input: GatherInput,
  { base: { ref, sha }, head, main }: Push,
  changes: Changes | undefined,
): Promise<Gathered | undefined> {
  if (!sha || !changes?.lost) return undefined;
  const where = changes.lost === "gone" ? "is gone, as after a force push" : "is not in the checkout";
  const noted = (gathered: Gathered, what: string): Gathered => {
    if (!gathered.ok) return gathered;
    const note = `The commit ${sha.slice(0, 7)}, which ${ref} was at before this push, ${where}: ${what}.`;
    return { ok: true, scene: { ...gathered.scene, notes: [note, ...gathered.scene.notes] } };
  };
  const sinceMain =
    main && (await gather({ ...input, occasion: { kind: "push", base: { ref: main }, head } }));
  if (sinceMain && (!sinceMain.ok || sinceMain.scene.changed))
    return noted(sinceMain, `what changed was looked for since ${main} instead`);
  if (changes.lost === "unseen") return undefined;
  return noted(await gather({ ...input, occasion: { kind: "all", head } }), "every migration was checked");
}

/** From the checkout; from the API where the checkout is not the pull request's, as with a privileged token. */
async function headFiles(
  { occasion, client, root, folder, namedBy }: GatherInput,
  changes: Changes | undefined,
): Promise<readonly RawFile[] | { readonly reason: string }> {
  const privileged = occasion.kind === "pull" && occasion.privileged;
  const onDisk = privileged ? undefined : readCheckout(root, folder);
  if (onDisk?.ok && holdsChange(onDisk.files, folder, changes)) return onDisk.files;
  const read = client && (await readCommit(client, occasion.head.sha, folder, []));
  if (read && read.length > 0) return read;
  if (read && changes?.touched && changes.touched.size > 0) return [];
  if (onDisk?.ok) return onDisk.files;
  const nowhere = `There is no folder ${folder.path || "."} here`;
  if (looksLikeSeveral(folder.path)) {
    const remedy = namedBy ? "a matrix that gives the input path" : "a matrix";
    return {
      reason: `${nowhere}: ${namedBy ?? "path"} names one folder, and several want a job each, such as ${remedy}.`,
    };
  }
  const missing = namedBy ? `${nowhere}, which ${namedBy} names` : nowhere;
  if (!read)
    return {
      reason: `${missing}, and the commit could not be read: check out the repository first, or give the token contents: read.`,
    };
  const remedy = 'Name the migration folder with the input path, or "migrations" in switchback.jsonc.';
  return { reason: namedBy ? `${missing}.` : `${missing}. ${remedy}` };
}

/** Nothing is what a folder of another runner and a submodule that was not checked out have in common. */
function emptyWords({ path, layout }: Folder): string {
  const example = exampleName(layout);
  return `${path || "."} holds no ${layout.name} migration, such as ${example}. Another runner is named with the input layout; a submodule needs submodules: true of actions/checkout.`;
}

/** Does a checkout have what the pull request changes, as it changes it? One of the base, or of some folders only, does not. */
function holdsChange(files: readonly RawFile[], folder: Folder, changes: Changes | undefined): boolean {
  const there = new Map(files.map(({ path, bytes }) => [path, bytes]));
  return (changes?.diff ?? []).every(({ filename, status, sha }) => {
    if (!belongsTo(folder, filename)) return true;
    const bytes = there.get(filename);
    return status === "removed" ? bytes === undefined : bytes !== undefined && isBlob(bytes, sha);
  });
}

/** A checkout on Windows has other line ends than the commit. */
function isBlob(bytes: Uint8Array, sha: string | null): boolean {
  if (sha === null || blobHash(bytes) === sha) return true;
  const text = Buffer.from(bytes).toString("latin1");
  return blobHash(Buffer.from(text.replaceAll("\r\n", "\n"), "latin1")) === sha;
}

/** A pattern, or a list: other actions take those. */
function looksLikeSeveral(path: string): boolean {
  return /[*?{,\n]/.test(path);
}

/** The base as it is now: the branch's tip for a pull request, the named commit for everything else. */
async function baseFolder(input: GatherInput, known: readonly RawFile[]): Promise<BaseFolder | undefined> {
  const { occasion, client, folder } = input;
  if (occasion.kind === "all") return undefined;
  const { ref } = occasion.base;
  const moving = occasion.kind === "pull" || !occasion.base.sha;
  const tip = moving && client ? await branchTip(client, ref) : undefined;
  const sha = tip?.ok ? tip.value : occasion.base.sha;
  const clonedAs = (commit: string) => (occasion.kind === "push" ? commit : `origin/${ref}`);
  const read = client && sha ? await readCommit(client, sha, folder, known) : undefined;
  if (!client || !sha || !read) {
    const local = await fromGit(input, moving ? namesInGit({ ref, ...(sha ? { sha } : {}) }) : [sha ?? ref]);
    return local.ok ? { ref, cloneRef: clonedAs(local.tip), sha: local.tip, files: local.files } : undefined;
  }
  if (read.length > 0 || known.length === 0) return { ref, cloneRef: clonedAs(sha), sha, files: read };
  const commits = { base: sha, head: occasion.head.sha };
  const from = await formerFolder(client, commits, folder, known);
  const files = from === undefined ? read : await readMoved(client, sha, from, folder, known);
  return { ref, cloneRef: clonedAs(sha), sha, files };
}

/** The files of the folder where it stood before, under the paths that they have now. */
async function readMoved(
  client: Client,
  commit: string,
  from: string,
  folder: Folder,
  known: readonly RawFile[],
): Promise<readonly RawFile[]> {
  const files = (await readCommit(client, commit, { ...folder, path: from }, known)) ?? [];
  const name = (path: string) => (from === "" ? path : path.slice(from.length + 1));
  return files.map(({ path, bytes }) => ({ path: posix.join(folder.path, name(path)), bytes }));
}

/** The folder in a commit. Files whose bytes are known already are not fetched. */
async function readCommit(
  client: Client,
  commit: string,
  folder: Folder,
  known: readonly RawFile[],
): Promise<RawFile[] | undefined> {
  const listed = await filesAt(client, commit, folder.path);
  if (!listed.ok) return undefined;
  const files = listed.value.filter((file) => belongsTo(folder, file.path));
  const contents = new Map(known.map((file) => [blobHash(file.bytes), file.bytes]));
  const wanted = files.filter((file) => !contents.has(file.sha));
  const read = await readBlobs(client, wanted);
  if (!read.ok) return undefined;
  for (const [sha, bytes] of read.value) contents.set(sha, bytes);
  return files.flatMap(({ path, sha }) => {
    const bytes = contents.get(sha);
    return bytes ? [{ path, bytes }] : [];
  });
}

/**
 * Other open pull requests to the same base, and where that is another pull request's branch, to the branches below. In
 * the merge queue those that matter are already in the base.
 */
async function neighbours({ occasion, client, checkOpenPulls }: GatherInput) {
  const nothing = { pulls: [], facts: [], notes: [] };
  if (occasion.kind !== "pull" || !checkOpenPulls || !client) return nothing;
  const { ref } = occasion.base;
  const pulls: OtherPull[] = [];
  let total = 0;
  for (const branch of [ref, ...(occasion.mayBeStacked ? await branchesBelow(client, ref) : [])]) {
    const reply = await openPulls(client, branch, occasion.number);
    if (!reply.ok) {
      const why = lacksPermission(reply)
        ? "the token needs pull-requests: read"
        : reply.message.replace(/\.$/, "");
      return { ...nothing, pulls, notes: [`Other open pull requests could not be looked at: ${why}.`] };
    }
    pulls.push(...reply.value.pulls);
    total += reply.value.total;
  }
  const words = total === 1 ? "open pull request" : "open pull requests";
  const seen = pulls.length < total ? `${pulls.length} of ${total}` : `${total}`;
  return { ...nothing, pulls, facts: total > 0 ? [`${seen} other ${words} looked at`] : [] };
}
