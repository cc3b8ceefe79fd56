import type { FolderFile, Layout, ListEdit } from "../migration/layout/layout.ts";
import type { FolderReading } from "../migration/read-migrations.ts";
import type { FileEdit } from "../report/model.ts";

/** Edits of the file in which the runner lists its migrations, where the folder has one. */
export function listEdits(
  { layout, files }: Pick<FolderReading, "layout" | "files">,
  edit: (list: NonNullable<Layout["list"]>, text: string) => readonly ListEdit[],
): FileEdit[] {
  const { list } = layout;
  const there = list && files.find(({ name }) => name === list.file);
  if (!there) return [];
  const { path, text } = there.file;
  return edit(list, text).map((it) => ({ kind: "replace", file: path, ...it }));
}

/** The text of that file in another state of the folder. */
export function listText({ list }: Layout, files: readonly FolderFile[] = []): string | undefined {
  return files.find(({ name }) => name === list?.file)?.file.text;
}
