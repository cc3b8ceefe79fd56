import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders of other people's files, and of what is built. */
const skipped = new Set([
  "node_modules",
  "bower_components",
  "vendor",
  "Pods",
  "dist",
  "build",
  "target",
  "out",
  "bin",
  "obj",
  "venv",
  "site-packages",
  "__pycache__",
  "coverage",
  "testdata",
  "fixtures",
]);

/** `services/api/src/main/resources/db/migration/postgresql` lies that deep. */
const deepest = 9;

/** Who has more waits too long for an answer: what lies deepest is not looked at then. */
const mostFolders = 20_000;

interface SeenFolder {
  /** Relative to where the walk began, with `/`; empty for that folder itself. */
  readonly shown: string;
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Goes through the folders of a project, level by level. Below one for which `look` answers false it does not go. */
export function walkFolders(root: string, look: (folder: SeenFolder) => boolean): void {
  let left = mostFolders;
  let level = [""];
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const next: string[] = [];
    for (const shown of level) {
      if (left-- === 0) return;
      const entries = listed(join(root, shown));
      const folders = entries.flatMap((it) => (it.isDirectory() && !isSkipped(it.name) ? [it.name] : []));
      const files = entries.flatMap((it) => (it.isDirectory() ? [] : [it.name]));
      if (!look({ shown, files, folders })) continue;
      for (const name of folders) next.push(shown === "" ? name : `${shown}/${name}`);
    }
    level = next;
  }
}

function isSkipped(name: string): boolean {
  return name.startsWith(".") || skipped.has(name);
}

/** Empty for a folder that cannot be read. */
export function listed(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
