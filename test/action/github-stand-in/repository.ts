import { createHash } from "node:crypto";

/** Path → content. A submodule's is `submodule` and a name for its commit. */
export type Files = Readonly<Record<string, string>>;

export interface TreeEntry {
  readonly path: string;
  readonly mode: "040000" | "100644" | "160000";
  readonly type: "tree" | "blob" | "commit";
  readonly sha: string;
  readonly size?: number;
}

export interface Commit {
  readonly sha: string;
  readonly files: Files;
  readonly parent: string | undefined;
}

/** Git objects in memory, with the hashes that git gives to blobs. */
export class Repository {
  readonly commits = new Map<string, Commit>();
  readonly branches = new Map<string, string>();
  readonly #trees = new Map<string, readonly TreeEntry[]>();
  readonly #blobs = new Map<string, Buffer>();

  commit(files: Files, parent?: string): string {
    const tree = this.#store(files);
    const sha = hash("commit", Buffer.from(`${tree} ${parent ?? ""}`));
    this.commits.set(sha, { sha, files, parent });
    return sha;
  }

  /** The entries of one level. `treeish` is a commit or a tree. */
  tree(treeish: string): readonly TreeEntry[] | undefined {
    const commit = this.commits.get(treeish);
    return this.#trees.get(commit ? this.#store(commit.files) : treeish);
  }

  /** Every level, as `recursive=1` lists them. */
  recursive(treeish: string, prefix = ""): TreeEntry[] | undefined {
    return this.tree(treeish)?.flatMap((entry) => {
      const here = { ...entry, path: prefix + entry.path };
      const inner = entry.type === "tree" ? (this.recursive(entry.sha, `${here.path}/`) ?? []) : [];
      return [here, ...inner];
    });
  }

  blob(sha: string): Buffer | undefined {
    return this.#blobs.get(sha);
  }

  /** The youngest commit that both have behind them. */
  mergeBase(base: string, head: string): string | undefined {
    const ancestors = new Set(this.#line(base));
    return this.#line(head).find((sha) => ancestors.has(sha));
  }

  resolve(ref: string): string | undefined {
    return this.commits.has(ref) ? ref : this.branches.get(ref);
  }

  #line(sha: string): string[] {
    const line: string[] = [];
    for (let at: string | undefined = sha; at !== undefined; at = this.commits.get(at)?.parent) line.push(at);
    return line;
  }

  #store(files: Files): string {
    const entries = new Map<string, TreeEntry>();
    const folders = new Map<string, Record<string, string>>();
    for (const [path, content] of Object.entries(files)) {
      const [name = "", ...rest] = path.split("/");
      if (rest.length > 0) {
        const folder = folders.get(name) ?? {};
        folder[rest.join("/")] = content;
        folders.set(name, folder);
      } else {
        const bytes = Buffer.from(content);
        if (content.startsWith("submodule ")) {
          entries.set(name, { path: name, mode: "160000", type: "commit", sha: hash("commit", bytes) });
          continue;
        }
        const sha = hash("blob", bytes);
        this.#blobs.set(sha, bytes);
        entries.set(name, { path: name, mode: "100644", type: "blob", sha, size: bytes.length });
      }
    }
    for (const [name, inner] of folders) {
      entries.set(name, { path: name, mode: "040000", type: "tree", sha: this.#store(inner) });
    }
    const sorted = [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    const sha = hash("tree", Buffer.from(JSON.stringify(sorted)));
    this.#trees.set(sha, sorted);
    return sha;
  }
}

export function hash(kind: string, bytes: Buffer): string {
  return createHash("sha1").update(`${kind} ${bytes.length}\0`).update(bytes).digest("hex");
}
