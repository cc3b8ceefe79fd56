import { shellWord } from "../author/shell-word.ts";
import type { Migration, Script } from "../migration/model.ts";
import type { Finding, Severity } from "../report/model.ts";
import type { FileChange } from "./changes.ts";
import { fileFinding } from "./file-finding.ts";
import type { History } from "./history.ts";
import { gitMoves, type Renumbering } from "./renumber.ts";
import { immutableMigration } from "./rules.ts";
import { sameStatements } from "./same-statements.ts";

/**
 * Merged ups that this change edits, renames or deletes. Downs may be edited: nothing ran them yet, and every runner
 * reads them anew. So may comments, unless the runner keeps a checksum.
 */
export function immutableFindings(history: History): Finding[] {
  const merged = new Map(history.base.flatMap((migration) => entry(migration)));
  const now = new Map(history.head.flatMap((migration) => entry(migration)));
  return history.changes.flatMap((change) => {
    const old = merged.get(change.kind === "renamed" ? change.from : change.path);
    if (!old) return [];
    const own = now.get(change.path);
    const words = violation(change, old, own, history);
    if (!words) return [];
    // As it is called now: a table of the migrations has no row for the old name.
    const { version, key, title, name } = (own ?? old).migration;
    const file = { path: change.path, version, key, title, name, direction: "up" as const };
    return [fileFinding(immutableMigration, [file], words)];
  });
}

interface Up {
  readonly migration: Migration;
  readonly script: Script;
}

function entry(migration: Migration): [string, Up][] {
  const { up } = migration;
  return up ? [[up.file.path, { migration, script: up }]] : [];
}

interface Violation {
  readonly message: string;
  readonly help: string;
  /** Default: the rule's. */
  readonly severity?: Severity;
}

function violation(
  change: FileChange,
  old: Up,
  now: Up | undefined,
  { ref, cloneRef, changes, layout }: History,
): Violation | undefined {
  const { name, down, title } = old.migration;
  const { remembers } = layout;
  // What happened to the down in the same change has to be undone with it.
  const own = [
    change,
    ...changes.filter((other) => other !== change && pathBefore(other) === down?.file.path),
  ];
  switch (change.kind) {
    case "added":
      return undefined;
    case "deleted":
      return {
        message: `${name} is on ${ref} and was deleted`,
        help: `Bring it back, and undo it in a new migration:\n${restored(
          cloneRef,
          own.filter(({ kind }) => kind === "deleted"),
        )}`,
      };
    case "renamed": {
      const keepsVersion = now?.migration.key === old.migration.key;
      if (keepsVersion && (!remembers?.title || now.migration.title === title)) return undefined;
      return {
        message: `${name} is on ${ref} and was renamed to ${now?.migration.name ?? change.path}`,
        help: `Keep the ${keepsVersion ? "title" : "version"} that databases have recorded:\n${gitMoves(own.flatMap(movedBack))}`,
      };
    }
    case "edited":
      return edited(change, old, now, { ref, cloneRef, layout });
  }
}

function edited(
  change: FileChange,
  old: Up,
  now: Up | undefined,
  { ref, cloneRef, layout: { remembers, repeats } }: Pick<History, "ref" | "cloneRef" | "layout">,
): Violation | undefined {
  const { name } = old.migration;
  if (repeats?.(old.migration)) return undefined;
  if (!now || !sameStatements(text(old.script), text(now.script)))
    return {
      message: `${name} is on ${ref} and was edited; ${remembers?.severity === "error" ? remembers.otherwise : "databases that applied it will not see the edit"}`,
      help: `Bring the old text back, and put the change into a new migration:\n${restored(cloneRef, [change])}`,
    };
  const [before, after] = [old, now].map(({ script }) => remembers?.checksummed(script.file.text));
  if (!remembers || before === after) return undefined;
  return {
    message: `${name} is on ${ref}, and its comments or white space were edited; ${remembers.otherwise}`,
    help: `Bring the old text back, byte for byte:\n${restored(cloneRef, [change])}`,
    severity: remembers.severity,
  };
}

/** Where the base branch has the file. */
function pathBefore(change: FileChange): string {
  return change.kind === "renamed" ? change.from : change.path;
}

function movedBack(change: FileChange): Renumbering[] {
  return change.kind === "renamed" ? [{ from: change.path, to: change.from }] : [];
}

function restored(ref: string, changes: readonly FileChange[]): string {
  return `  git checkout ${shellWord(ref)} -- ${changes.map((change) => shellWord(change.path)).join(" ")}`;
}

function text(script: Script): string {
  return script.file.text.slice(script.start, script.end);
}
