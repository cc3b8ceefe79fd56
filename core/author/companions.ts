import type { FolderFile, Layout } from "../migration/layout/layout.ts";

/** Files that mean something to the runner only beside this one: `V2__a.sql.conf`, or the `metadata.toml` of a folder. */
export function companionsOf(
  path: string,
  { folders }: Pick<Layout, "folders">,
  files: readonly FolderFile[],
): FolderFile[] {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return files.filter(
    ({ file }) =>
      file.path !== path &&
      (file.path.startsWith(`${path}.`) || (folders === true && file.path.startsWith(folder))),
  );
}
