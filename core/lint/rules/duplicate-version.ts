import { gitMove } from "../../author/git-move.ts";
import { type Move, renumberPlan } from "../../author/renumber-plan.ts";
import type { SourceFile } from "../../migration/model.ts";
import { baseName } from "../help/base-name.ts";
import { defineRule, type Fix } from "../rule.ts";

export const duplicateVersion = defineRule({
  name: "duplicate-version",
  summary: "Two ups or two downs have the same version.",
  why: "The runner refuses the whole folder, or fails at the second of them: one of the files needs another version.",
  instead: "Give one pair of files the next free version. `1_` and `000001_` are the same version.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "golang-migrate's file source fails with `duplicate migration file` (source/file). It is told for up and down apart.",
  examples: {
    bad: [
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["000001_users.up.sql", "000001_users.down.sql", "1_orders.up.sql", "1_orders.down.sql"],
      },
    ],
    good: [
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: [
          "000001_users.up.sql",
          "000001_users.down.sql",
          "000002_orders.up.sql",
          "000002_orders.down.sql",
        ],
      },
    ],
  },
  check: {
    folder({ folder, report }) {
      const seen = new Set<string>();
      const { moves } = folder.duplicates.length > 0 ? renumberPlan(folder, undefined) : { moves: [] };
      for (const { key, files } of folder.duplicates) {
        // Two pairs share a version in both directions: that is one mistake.
        if (seen.has(key)) continue;
        seen.add(key);
        const [first, ...others] = files;
        if (!first) continue;
        const isUnique = new Set(files.map(({ path }) => baseName(path))).size === files.length;
        // The same name in several folders is hardly a number that two people took.
        const isCopied = !isUnique && !folder.layout.folders;
        const fix = isCopied ? undefined : renumbering(moves, others);
        // The later ones are what somebody just added, as far as names can tell.
        report([...others.toReversed(), first], {
          message: `version ${key} is used more than once: ${files.map(({ path }) => (isUnique ? baseName(path) : path)).join(", ")}`,
          help: [
            ...(isCopied
              ? [
                  `where each folder is for another database, check one alone, such as ${folderOf(first.path)}`,
                ]
              : []),
            "renumber the one that is not merged yet: switchback renumber asks git which that is",
            ...(fix ? ["or, going by the names alone", ...commands(fix)] : []),
          ].join("\n"),
          ...(fix ? { fix } : {}),
          related: files.map(({ path }) => ({
            message: `version ${key}`,
            file: path,
            start: 0,
            end: 0,
          })),
        });
      }
    },
  },
});

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** Moves those of these files that can move behind the highest version. */
function renumbering(moves: readonly Move[], files: readonly SourceFile[]): Fix | undefined {
  const paths = new Set(files.map(({ path }) => path));
  const own = moves.filter(({ edits }) => edits.some((edit) => paths.has(edit.file)));
  if (own.length === 0) return undefined;
  const names = own.map(({ name, version }) => `${name} to ${version}`).join(", ");
  return { title: `Renumber ${names}`, edits: own.flatMap(({ edits }) => edits) };
}

function commands(fix: Fix | undefined): string[] {
  return (fix?.edits ?? []).flatMap((edit) => (edit.kind === "rename" ? [gitMove(edit.file, edit.to)] : []));
}
