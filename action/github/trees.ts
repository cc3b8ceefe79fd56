import { type Client, encodePath } from "./client.ts";
import { granted, type Reply, refused } from "./reply.ts";

/** One file in a commit. */
export interface TreeFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly sha: string;
  /** Bytes. */
  readonly size: number;
}

interface Tree {
  readonly tree: readonly {
    readonly path: string;
    readonly type: string;
    readonly mode: string;
    readonly sha: string;
    readonly size?: number;
  }[];
  readonly truncated: boolean;
}

/** The commit that a branch points to now; what the event says may be hours old. */
export async function branchTip(client: Client, branch: string): Promise<Reply<string>> {
  const reply = await client.get<{ object: { sha: string } }>(`/git/ref/heads/${encodePath(branch)}`);
  return reply.ok ? granted(reply.value.object.sha) : reply;
}

/** Where two lines of history parted. */
export async function mergeBase(client: Client, base: string, head: string): Promise<Reply<string>> {
  const range = `${encodePath(base)}...${encodePath(head)}`;
  const reply = await client.get<{ merge_base_commit: { sha: string } }>(`/compare/${range}`, {
    per_page: 1,
  });
  return reply.ok ? granted(reply.value.merge_base_commit.sha) : reply;
}

/**
 * Every file below `folder` in a commit. A folder that is not there has no files; of one in a submodule there is the
 * submodule itself, with its commit. Needs `contents: read`.
 */
export async function filesAt(client: Client, commit: string, folder: string): Promise<Reply<TreeFile[]>> {
  let sha = commit;
  const segments = folder.split("/").filter((part) => part !== "" && part !== ".");
  for (const [index, segment] of segments.entries()) {
    const reply = await tree(client, sha);
    if (!reply.ok) return reply;
    const entry = reply.value.tree.find((candidate) => candidate.path === segment);
    if (entry?.type === "commit")
      return granted([{ path: segments.slice(0, index + 1).join("/"), sha: entry.sha, size: 0 }]);
    if (entry?.type !== "tree") return granted([]);
    sha = entry.sha;
  }
  return below(client, sha, folder === "" || folder === "." ? "" : `${folder}/`);
}

async function below(client: Client, sha: string, prefix: string): Promise<Reply<TreeFile[]>> {
  const whole = await tree(client, sha, { recursive: 1 });
  if (!whole.ok) return whole;
  if (!whole.value.truncated) return granted(whole.value.tree.flatMap((entry) => file(entry, prefix)));
  // Too large for one answer: level by level, each of which is complete or refused.
  const level = await tree(client, sha);
  if (!level.ok) return level;
  if (level.value.truncated) return refused(422, `GitHub does not list all of ${prefix || "the repository"}`);
  const files: TreeFile[] = [];
  for (const entry of level.value.tree) {
    if (entry.type !== "tree") {
      files.push(...file(entry, prefix));
      continue;
    }
    const inner = await below(client, entry.sha, `${prefix}${entry.path}/`);
    if (!inner.ok) return inner;
    files.push(...inner.value);
  }
  return granted(files);
}

function tree(client: Client, sha: string, query = {}): Promise<Reply<Tree>> {
  return client.get<Tree>(`/git/trees/${sha}`, query);
}

/** Symbolic links (mode 120000) and submodules are no migrations. */
function file(entry: Tree["tree"][number], prefix: string): TreeFile[] {
  if (entry.type !== "blob" || entry.mode === "120000") return [];
  return [{ path: prefix + entry.path, sha: entry.sha, size: entry.size ?? 0 }];
}
