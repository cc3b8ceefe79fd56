import type { Malformed, SourceFile } from "../model.ts";
import { compareVersions } from "../version.ts";
import { drizzleJournal } from "./drizzle-journal.ts";
import { fileLayout } from "./file-layout.ts";
import type { FolderFile, Layout } from "./layout.ts";
import { numbered } from "./numbered.ts";

const files = fileLayout({
  name: "drizzle",
  depth: 1,
  downs: "none",
  gaps: "matter",
  late: "skipped",
  firstVersion: { kind: "sequence", width: 4 },
  markers: [/^--> statement-breakpoint/],
  extra: /^meta\/_journal\.json$/,
  compare: compareVersions,
  identify: (name) => {
    if (name.includes("/")) return undefined;
    const identity = numbered(name, /^(\d+)_(.*)\.sql$/, "<number>_<title>.sql");
    return "reason" in identity ? identity : { ...identity, direction: "up" };
  },
  execution: () => ({ send: "statements", wrapped: true }),
  fileName: (version, title) => `${version}_${title}.sql`,
});

/**
 * Drizzle Kit's `0003_title.sql` as drizzle-orm applies them (drizzle-orm 0.45: migrator.js, pg-core/dialect.js): those
 * that `meta/_journal.json` lists, cut at each `--> statement-breakpoint`, in one transaction; there is no down.
 */
export const drizzle: Layout = {
  ...files,
  list: drizzleJournal,
  read: (all) => {
    const list = all.find(({ name }) => name === drizzleJournal.file);
    const listed = list && drizzleJournal.names(list.file.text);
    const isLeftOut = ({ name }: FolderFile) =>
      listed !== undefined && /^\d[^/]*\.sql$/.test(name) && !listed.includes(name);
    const reading = files.read(all.filter((file) => !isLeftOut(file)));
    const ignored = all
      .filter(isLeftOut)
      .map((file) => ({ ...file, reason: `${drizzleJournal.file} does not list it` }));
    const names = new Set(all.map(({ name }) => name));
    const gone = listed?.filter((name) => !names.has(name)) ?? [];
    return {
      ...reading,
      ignored: [...reading.ignored, ...ignored],
      malformed: list ? gone.map((name) => lost(list.file, name)) : [],
    };
  },
};

/** readMigrationFiles throws for it before anything is sent. */
function lost(list: SourceFile, name: string): Malformed {
  const tag = JSON.stringify(name.replace(/\.sql$/, ""));
  const start = Math.max(0, list.text.indexOf(tag));
  return {
    file: list,
    start,
    end: start + tag.length,
    message: `Drizzle looks for ${name}, which is not there, and runs none of the folder`,
    why: "It reads every file that its journal lists before it sends the first statement.",
    help: "bring the file back, or take its entry out",
  };
}
