import { gitMove } from "../../author/git-move.ts";
import { exampleName } from "../../migration/layout/example-name.ts";
import type { Migration, SourceFile } from "../../migration/model.ts";
import type { FolderReading } from "../../migration/read-migrations.ts";
import { baseName } from "../help/base-name.ts";
import { defineRule, type FolderContext } from "../rule.ts";

export const fileName = defineRule({
  name: "file-name",
  summary:
    "A file that the runner ignores without a word, or takes for something else than it was meant to be.",
  why: "Runners skip what does not match their pattern and report success: the migration is never applied.",
  instead: "`<version>_<title>.up.sql` and `<version>_<title>.down.sql`, with one title for both.",
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "golang-migrate matches `^([0-9]+)_(.*)\\.(down|up)\\.(.*)$` and leaves out what does not match (source/parse.go).",
  examples: {
    bad: [
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: [
          "000001_users.up.sql",
          "000001_users.down.sql",
          "000002_orders.up.sql",
          "000002_orders_down.sql",
        ],
      },
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["000001_users.down.up.sql", "000001_users.down.sql"],
        note: "golang-migrate takes the first for an up",
      },
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["000001_users.up.sql", "000001_user.down.sql"],
        note: "the titles differ",
      },
    ],
    good: [
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["000001_users.up.sql", "000001_users.down.sql"],
      },
    ],
  },
  check: {
    folder(context) {
      const { folder, report } = context;
      if (folder.migrations.length === 0 && folder.ignored.length > 1) {
        reportForeignNames(context);
        return;
      }
      const names = new Set(folder.files.map(({ name }) => name));
      for (const { file, name, reason, rename, isRun, stops } of folder.ignored) {
        const to = rename === undefined ? undefined : file.path.replace(/[^/]*$/, () => rename);
        report([file], {
          message: isRun
            ? `${folder.layout.name} runs ${name} too, although ${reason}`
            : `${folder.layout.name} does not run ${name}: ${reason}`,
          ...(isRun && {
            why: "Whatever matches the runner's pattern is applied, whoever left it there.",
            help: "take it out of the folder, or give it the name of a migration",
          }),
          ...(!isRun &&
            !stops && { help: `name it like ${exampleName(folder.layout)}, or take it out of the folder` }),
          ...(stops && {
            why: "The runner comes to it all the same, and stops with an error.",
            help: "write what it lacks, or take it out of the folder",
          }),
          ...(to !== undefined && { help: `rename it\n${gitMove(file.path, to)}` }),
          ...(rename !== undefined &&
            to !== undefined &&
            !names.has(rename) && {
              fix: { title: `Rename to ${rename}`, edits: [{ kind: "rename", file: file.path, to }] },
            }),
        });
      }
      const entries = new Map(folder.files.map((entry) => [entry.file, entry]));
      const titleOf = (file: SourceFile) => ownTitle(folder, entries.get(file));
      for (const migration of folder.migrations) reportDoubt(context, migration, titleOf);
    },
  },
});

/** Not one file fits: it is the layout that is wrong, and that is said once. */
function reportForeignNames({ folder, report }: FolderContext): void {
  const files = folder.ignored.map(({ file }) => file);
  const [first] = folder.ignored;
  report(files, {
    message: `${folder.layout.name} would run none of the ${files.length} files, the first being ${first?.name}: ${first?.reason}`,
    help: `name them like ${exampleName(folder.layout)}, or set "layout" to that of your runner`,
  });
}

function reportDoubt(
  { report }: FolderContext,
  migration: Migration,
  titleOf: (file: SourceFile) => string | undefined,
): void {
  const { up, down } = migration;
  const doubled = [up, down].find((script) => script && doubleDirection(script.file));
  if (doubled) {
    const name = baseName(doubled.file.path);
    report([doubled.file], {
      migration,
      message: `${name} names two directions and is run as the ${doubled.direction}`,
      why: "Who reads the name may take it for the other direction.",
    });
    return;
  }
  if (!up || !down || up.file === down.file) return;
  // Nearly always: then no layout has to read the names again.
  if (withoutDirection(up.file) === withoutDirection(down.file)) return;
  const [upTitle, downTitle] = [titleOf(up.file), titleOf(down.file)];
  if (upTitle === downTitle) return;
  report([down.file, up.file], {
    migration,
    severity: "warning",
    message: `the up is called ${upTitle}, its down ${downTitle}`,
    why: "The runner pairs them by their version, whatever they do: one of them may have been meant for another.",
    help: "give both files one title; if they do not belong together, one of them has the wrong version",
  });
}

function doubleDirection(file: SourceFile): boolean {
  return /\.(up|down)\.(up|down)\.sql$/.test(file.path);
}

function withoutDirection({ path }: SourceFile): string {
  return path.replace(/(up|down)\.sql$/, "");
}

/** A file's own title, whatever its pair is called. */
function ownTitle(
  { layout }: FolderReading,
  entry: FolderReading["files"][number] | undefined,
): string | undefined {
  return entry && layout.read([entry]).migrations[0]?.title;
}
