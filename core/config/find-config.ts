import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const configFileName = "switchback.jsonc";

/** The nearest `switchback.jsonc` from a folder upwards, not beyond the root of its git repository. */
export function findConfig(folder: string): string | undefined {
  let current = resolve(folder);
  for (;;) {
    const file = join(current, configFileName);
    if (existsSync(file)) return file;
    // A work tree's .git is a file, a clone's is a folder: both end the search.
    if (existsSync(join(current, ".git"))) return undefined;
    const parent = dirname(current);
    if (parent === current) return undefined;
    current = parent;
  }
}
