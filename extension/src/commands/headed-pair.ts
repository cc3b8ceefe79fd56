import { fileHeader } from "#core/author/new/file-header.ts";
import type { NewPair } from "#core/author/new/new-pair.ts";
import type { ComposedFile, Layout, Sibling } from "#core/migration/layout/layout.ts";

export interface HeadedPair {
  readonly files: readonly ComposedFile[];
  /** Line (0-based) of the first file on which the SQL of the up goes. */
  readonly line: number;
}

/** The files of a new migration, opened as the command line opens them: by the team's header, or by a line about it. */
export function headedPair(
  layout: Layout,
  { version, title }: Extract<NewPair, { ok: true }>,
  siblings: readonly Sibling[],
  template: string | undefined,
  now: Date,
): HeadedPair {
  const [head, undo] = (["up", "down"] as const).map((direction) =>
    fileHeader(template, { version, title, direction, now }),
  ) as [string, string];
  const files = layout.compose(version, title, { up: `${head}\n`, down: `${undo}\n` }, siblings);
  const [text = ""] = files.map((file) => file.text);
  const end = text.indexOf(head) + head.length;
  return { files, line: text.slice(0, end).split("\n").length - 1 };
}
