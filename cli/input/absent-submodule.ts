import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { shellWord } from "#core/author/shell-word.ts";
import { gitRoot } from "../init/git-root.ts";
import { shownPath } from "./shown-path.ts";

/** What fetches the submodule that a missing path lies in: a clone leaves the folders of submodules empty. */
export function absentSubmodule(path: string, cwd: string): string | undefined {
  const root = gitRoot(cwd);
  const inside = shownPath(path, root);
  const module = pathsOfModules(root).find((it) => inside === it || inside.startsWith(`${it}/`));
  if (module === undefined || !isEmpty(join(root, module))) return undefined;
  return `${module} is a submodule that is not checked out: git submodule update --init ${shellWord(shownPath(join(root, module), cwd))}`;
}

function pathsOfModules(root: string): string[] {
  try {
    const text = readFileSync(join(root, ".gitmodules"), "utf8");
    return [...text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map(([, path = ""]) => path);
  } catch {
    return [];
  }
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}
