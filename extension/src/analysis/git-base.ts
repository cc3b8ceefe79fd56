import { defaultBranch } from "#core/history/default-branch.ts";
import { readGitFolder } from "#core/history/git-folder.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import type { ReadBase } from "./renumbering.ts";

export const gitBase: ReadBase = async (head, path) => {
  const ref = path === undefined ? undefined : await defaultBranch(path);
  if (path === undefined || ref === undefined) return undefined;
  const base = await readGitFolder(path, head.folder, ref, head.layout);
  return base.ok ? { ref, reading: readMigrations(head.folder, base.files, head.layout) } : undefined;
};
