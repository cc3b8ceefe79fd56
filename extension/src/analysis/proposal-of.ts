import { downEdits } from "#core/author/down/down-edits.ts";
import type { ProposedDown } from "#core/author/down/propose-down.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import type { Migration } from "#core/migration/model.ts";
import type { Proposal } from "./methods.ts";

/** A proposed down, and where it goes. */
export function proposalOf(layout: Layout, migration: Migration, { text, notes }: ProposedDown): Proposal {
  const { down } = migration;
  const written = downEdits(layout, migration, text);
  const edits = written.ok ? written.edits : [];
  const edit = edits.find(({ kind }) => kind === "create") ?? edits.at(-1);
  const besides = edits.filter((it) => it !== edit);
  return {
    text,
    partial: notes.some((note) => note.startsWith("not analysed")),
    ...(edit ? { edit } : {}),
    ...(besides.length > 0 ? { besides } : {}),
    ...(down ? { present: down.file.text.slice(down.start, down.end) } : {}),
  };
}
