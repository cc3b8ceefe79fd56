import type { Layout } from "../../migration/layout/layout.ts";
import type { Migration } from "../../migration/model.ts";
import type { FileEdit } from "../../report/model.ts";
import { lineEndOf, withLineEnd } from "../../sql/line-end.ts";
import { tokens } from "../../sql/tokens.ts";
import { fenced } from "../fenced.ts";

export type DownEdits =
  | { readonly ok: true; readonly edits: readonly FileEdit[]; readonly file: string }
  /** `remedy` is what to do instead. */
  | { readonly ok: false; readonly problem: string; readonly remedy: string };

/** Writes `sql` where the down of a migration is missing or holds no statement. A down with statements is never touched. */
export function downEdits(layout: Layout, migration: Migration, sql: string): DownEdits {
  const { up, down, name } = migration;
  const lineEnd = lineEndOf(`${down?.file.text ?? ""}${up?.file.text ?? ""}`);
  const text = withLineEnd(fenced(sql, layout.fence), lineEnd);
  if (down) {
    const old = down.file.text.slice(down.start, down.end);
    if (hasCode(old))
      return {
        ok: false,
        problem: `${down.file.path} has a down already, nothing was written`,
        remedy: "--check compares it with the proposal",
      };
    const { path } = down.file;
    // Comments stay: they may declare something, and they are somebody's.
    const kept = old.trimEnd();
    const start = down.start + kept.length;
    const open = kept !== "" || !endsLine(down.file.text, down.start) ? lineEnd : "";
    const edit = { kind: "replace", file: path, start, end: down.end, text: open + text } as const;
    return { ok: true, edits: [edit], file: path };
  }
  if (!up) return { ok: false, problem: `${name} has no up`, remedy: "there is nothing to undo" };
  if (layout.downs === "none")
    return {
      ok: false,
      problem: `${layout.name} knows no down, so there is no file to write it to`,
      remedy: "without --write the proposal is printed",
    };
  const { path, text: present } = up.file;
  if (layout.downs === "section") {
    const gap = present.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
    const at = present.length;
    const section = `${gap}${layout.downMarker ?? ""}${lineEnd}${text}`;
    return {
      ok: true,
      edits: [{ kind: "replace", file: path, start: at, end: at, text: section }],
      file: path,
    };
  }
  const file = downPath(layout, migration, path);
  if (file === undefined)
    return {
      ok: false,
      problem: `${path} is a simple migration: beside it ${layout.name} takes no down`,
      remedy: "name it .up.sql first, if no database has applied it",
    };
  return { ok: true, edits: [{ kind: "create", file, text }], file };
}

/** The down's path, spelt as its up's. Undefined where the up says nothing of a direction. */
function downPath(layout: Layout, { version, title }: Migration, up: string): string | undefined {
  const [from, to] = [layout.fileName(version, title, "up"), layout.fileName(version, title, "down")];
  const canonical = up.endsWith(from) ? up.slice(0, up.length - from.length) + to : undefined;
  if (canonical !== undefined) return canonical;
  // A dialect or another separator stands in the name.
  const turned = up.replace(/([./])up(\.[^./]+)$/, "$1down$2");
  return turned === up ? undefined : turned;
}

function endsLine(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === "\n";
}

function hasCode(sql: string): boolean {
  for (const { kind } of tokens(sql)) if (kind !== "line-comment" && kind !== "block-comment") return true;
  return false;
}
