import type { Layout } from "../../migration/layout/layout.ts";
import type { Migration } from "../../migration/model.ts";
import type { FileEdit } from "../../report/model.ts";
import { type LineEnd, lineEndOf, withLineEnd } from "../../sql/line-end.ts";
import { tokens } from "../../sql/tokens.ts";
import { fenced } from "../fenced.ts";
import { mustRunAlone } from "../same-transactions.ts";

export type DownEdits =
  | { readonly ok: true; readonly edits: readonly FileEdit[]; readonly file: string }
  /** `remedy` is what to do instead. */
  | { readonly ok: false; readonly problem: string; readonly remedy: string };

/** Writes `sql` where the down of a migration is missing or holds no statement. A down with statements is never touched. */
export function downEdits(layout: Layout, migration: Migration, sql: string): DownEdits {
  const { up, down, name } = migration;
  const lineEnd = lineEndOf(`${down?.file.text ?? ""}${up?.file.text ?? ""}`);
  const text = withLineEnd(fenced(sql, layout.fence), lineEnd);
  const outside = mustRunAlone(sql);
  if (down) {
    const { path, text: present } = down.file;
    const old = present.slice(down.start, down.end);
    if (hasCode(old))
      return {
        ok: false,
        problem: `${path} has a down already, nothing was written`,
        remedy: "--check compares it with the proposal",
      };
    // Comments stay: they may declare something, and they are somebody's.
    const kept = old.trimEnd();
    const start = down.start + kept.length;
    const open = kept !== "" || !endsLine(present, down.start) ? lineEnd : "";
    const edit = { kind: "replace", file: path, start, end: down.end, text: open + text } as const;
    const told = outside && down.execution.wrapped ? untransactedEdits(layout, migration, text, lineEnd) : [];
    return { ok: true, edits: [...told, edit], file: path };
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
    const { downMarker = "", unwraps = {}, bareUpMarker } = layout;
    const gap = present.endsWith("\n") ? lineEnd : lineEnd + lineEnd;
    const marker = downMarker + (outside ? (unwraps.untransacted ?? "") : "");
    const head = outside && up.execution.wrapped ? unwraps.fileUntransacted : undefined;
    // With a mark of the down in it the file as a whole would still be the up.
    const first = [head, up.start === 0 ? bareUpMarker : undefined].filter((line) => line !== undefined);
    return {
      ok: true,
      edits: [
        ...first.map((line) => inserted(path, 0, line + lineEnd)),
        inserted(path, present.length, `${gap}${marker}${lineEnd}${text}`),
      ],
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
  const { head, beside } = outside ? toldOutside(layout, migration, file, text) : { head: "", beside: [] };
  const said = withLineEnd(head, lineEnd);
  return { ok: true, edits: [{ kind: "create", file, text: said + text }, ...beside], file };
}

function inserted(file: string, at: number, text: string) {
  return { kind: "replace", file, start: at, end: at, text } as const;
}

/** Says of a down that is there, and empty, that it runs outside of a transaction. */
function untransactedEdits(layout: Layout, migration: Migration, text: string, lineEnd: LineEnd): FileEdit[] {
  const { down } = migration;
  if (!down) return [];
  const { path } = down.file;
  const { untransacted, fileUntransacted } = layout.unwraps ?? {};
  if (fileUntransacted !== undefined) return [inserted(path, 0, fileUntransacted + lineEnd)];
  if (untransacted !== undefined) {
    const marker = down.file.text.slice(0, down.start).trimEnd();
    return [inserted(path, marker.length, untransacted)];
  }
  if (layout.downs === "section") return [];
  const { head, beside } = toldOutside(layout, migration, path, text);
  return head === "" ? beside : [inserted(path, 0, withLineEnd(head, lineEnd)), ...beside];
}

/** What the layout puts in front of such a down, or beside it, where that is not there yet. */
function toldOutside(layout: Layout, { version, title, up }: Migration, path: string, text: string) {
  const made = layout.compose(version, title, { up: "", down: text, untransacted: ["down"] });
  const down = made.find(({ direction }) => direction === "down");
  const name = layout.fileName(version, title, "down");
  const beside = made.flatMap((file): FileEdit[] => {
    if (file.direction || (layout.folders && up?.execution.wrapped === false)) return [];
    const at = file.name.startsWith(name)
      ? path + file.name.slice(name.length)
      : path.slice(0, path.lastIndexOf("/") + 1) + file.name.slice(file.name.lastIndexOf("/") + 1);
    return [{ kind: "create", file: at, text: file.text }];
  });
  return { head: down?.text.slice(0, -text.length) ?? "", beside };
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
