import { spawn } from "node:child_process";
import { carefulGit } from "../author/disk/careful-git.ts";
import type { Layout } from "../migration/layout/layout.ts";
import type { RawFile } from "../migration/model.ts";

/** The same folder at a ref of its git repository, and what was done to it since. */
export type GitFolder =
  | {
      readonly ok: true;
      /** The commit that the ref points to. */
      readonly tip: string;
      /** At the tip of the ref. */
      readonly files: readonly RawFile[];
      /** Paths that differ from where this branch left the ref: added, edited or deleted, committed or not. */
      readonly changed: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly problem: string };

/** Reads a folder at a git ref. `shown` is the folder as messages name it, and the prefix of all paths. */
export async function readGitFolder(
  folder: string,
  shown: string,
  ref: string,
  layout: Layout,
): Promise<GitFolder> {
  const inside = await git(folder, ["rev-parse", "--is-inside-work-tree"]);
  if (inside.missing) return { ok: false, problem: "git is not installed" };
  if (inside.code !== 0) return { ok: false, problem: notInside(shown, inside.complaint) };
  const commit = await git(folder, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${ref}^{commit}`,
  ]);
  if (commit.code !== 0) return { ok: false, problem: await unknownRef(folder, ref) };
  const tip = commit.out.toString("utf8").trim();
  // A shallow clone may not reach the place where the branches parted: then the tip is the best that is known, and what
  // only the tip has came to it since, as far as anybody can tell.
  const fork = await git(folder, ["merge-base", tip, "HEAD"]);
  const since = fork.code === 0 ? fork.out.toString("utf8").trim() : tip;

  const [tree, edited, untracked] = await Promise.all([
    git(folder, ["ls-tree", "-r", "-z", tip, "--", "."]),
    git(folder, [
      "diff",
      "--name-only",
      "-z",
      "--relative",
      "--no-renames",
      "--no-ext-diff",
      ...(fork.code === 0 ? [] : ["--diff-filter=d"]),
      since,
      "--",
      ".",
    ]),
    git(folder, ["ls-files", "--others", "--exclude-standard", "-z", "--", "."]),
  ]);
  for (const failed of [tree, edited, untracked])
    if (failed.code !== 0) return { ok: false, problem: `git failed: ${failed.complaint}` };

  const wanted = (name: string) => name.split("/").length - 1 <= layout.depth && layout.wants(name);
  const prefix = shown === "" || shown === "." ? "" : `${shown.replace(/\/+$/, "")}/`;
  const entries = names(tree.out).flatMap((line) => {
    // <mode> SP <type> SP <object> TAB <name>
    const match = /^100\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line);
    const [, id, name] = match ?? [];
    return id !== undefined && name !== undefined && wanted(name) ? [{ id, path: prefix + name }] : [];
  });
  const blobs = await git(folder, ["cat-file", "--batch"], entries.map(({ id }) => `${id}\n`).join(""));
  if (blobs.code !== 0) return { ok: false, problem: `git failed: ${blobs.complaint}` };
  const changed = [...names(edited.out), ...names(untracked.out)].filter(wanted).map((name) => prefix + name);
  return { ok: true, tip, files: filesOf(entries, blobs.out), changed: new Set(changed) };
}

/** A fresh checkout has its own branch alone, and of the others at best what its remote has. */
async function unknownRef(folder: string, ref: string): Promise<string> {
  const problem = `git does not know "${ref}" here`;
  if (ref === "HEAD") return `${problem}: there is no commit yet`;
  const remotes = (await git(folder, ["remote"])).out.toString("utf8").split("\n").filter(Boolean);
  const remote = remotes.find((name) => ref.startsWith(`${name}/`)) ?? remotes[0];
  if (remote === undefined) return `${problem}, and there is no remote to fetch it from`;
  if (!/^\w[\w./-]*$/.test(ref))
    return `${problem}\n  git fetch --unshallow   where the clone is a shallow one`;
  const branch = ref.startsWith(`${remote}/`) ? ref.slice(remote.length + 1) : ref;
  const theirs = `${remote}/${branch}`;
  const fetched = await git(folder, ["rev-parse", "--verify", "--quiet", `refs/remotes/${theirs}^{commit}`]);
  if (fetched.code === 0) return `${problem}: did you mean ${theirs}?`;
  return `${problem}\n  git fetch ${remote} ${branch}:refs/remotes/${theirs}   and compare with ${theirs}`;
}

/** Git looks into no repository of another user, as in a container that is given its checkout. */
function notInside(shown: string, complaint: string): string {
  const place = /safe\.directory (.+)/.exec(complaint)?.[1];
  if (place === undefined) return `${shown} is not in a git work tree`;
  return `git does not trust the repository of ${shown}, which belongs to another user: git config --global --add safe.directory ${place}`;
}

/** `cat-file --batch` answers `<object> blob <size> LF <bytes> LF` for each line it was given, in order. */
function filesOf(entries: readonly { readonly path: string }[], answers: Buffer): RawFile[] {
  let at = 0;
  return entries.map(({ path }) => {
    const headEnd = answers.indexOf("\n", at);
    const size = Number(answers.toString("latin1", at, headEnd).split(" ")[2]);
    const bytes = answers.subarray(headEnd + 1, headEnd + 1 + size);
    at = headEnd + 1 + size + 1;
    return { path, bytes };
  });
}

function names(output: Buffer): string[] {
  return output
    .toString("utf8")
    .split("\0")
    .filter((name) => name !== "");
}

interface GitResult {
  readonly code: number;
  readonly missing: boolean;
  readonly out: Buffer;
  readonly complaint: string;
}

function git(folder: string, args: readonly string[], input = ""): Promise<GitResult> {
  return new Promise((resolve) => {
    const { args: all, cwd, env } = carefulGit(folder, args);
    const child = spawn("git", all, { cwd, env, stdio: "pipe" });
    const out: Buffer[] = [];
    const complaint: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
    child.on("error", () =>
      resolve({ code: 1, missing: true, out: Buffer.alloc(0), complaint: "git is not installed" }),
    );
    child.on("close", (code) =>
      resolve({
        code: code ?? 1,
        missing: false,
        out: Buffer.concat(out),
        complaint: Buffer.concat(complaint).toString("utf8").trim(),
      }),
    );
    // Git may end before it has read everything; its exit code tells.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
