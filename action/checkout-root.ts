import { readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/**
 * The root of the checkout that `folder` lies in: `actions/checkout` with `path` puts the repository below the workspace,
 * where the paths that GitHub names begin. A submodule, or a checkout of another repository, is none of ours: its folder
 * is the workspace's.
 */
export function checkoutRoot(workspace: string, folder: string, repository: string): string {
  const top = resolve(workspace);
  for (let at = resolve(folder); at.startsWith(top + sep); at = dirname(at)) {
    if (isCheckoutOf(at, repository)) return at;
  }
  return top;
}

/** A submodule has a file `.git`, not a folder. */
function isCheckoutOf(folder: string, repository: string): boolean {
  let settings: string;
  try {
    settings = readFileSync(join(folder, ".git", "config"), "utf8");
  } catch {
    return false;
  }
  const origin = settings.split(/^\[/m).find((section) => section.startsWith('remote "origin"]')) ?? "";
  const url = /^\s*url = (\S+?)(\.git)?\s*$/m.exec(origin)?.[1]?.toLowerCase() ?? "";
  return ["/", ":"].some((mark) => url.endsWith(mark + repository.toLowerCase()));
}

/** `/home/runner/work/r/r/db/migrations` → `db/migrations`; the root is the empty path. Undefined for what is outside. */
export function pathInside(root: string, path: string): string | undefined {
  const inside = relative(resolve(root), path);
  if (inside.startsWith("..") || resolve(inside) === inside) return undefined;
  return inside.split(sep).join("/");
}

/** Where a folder really is: behind a link, its files have other paths in a commit than on disk. */
export function realPathInside(root: string, path: string): string | undefined {
  try {
    return pathInside(realpathSync.native(root), realpathSync.native(path));
  } catch {
    return undefined;
  }
}
