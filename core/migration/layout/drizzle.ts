import { compareVersions } from "../version.ts";
import { fileLayout } from "./file-layout.ts";
import type { FolderFile, Layout } from "./layout.ts";
import { numbered } from "./numbered.ts";

const journal = "meta/_journal.json";

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
  read: (all) => {
    const listed = listedIn(all.find(({ name }) => name === journal));
    const isLeftOut = ({ name }: FolderFile) =>
      listed !== undefined && /^\d[^/]*\.sql$/.test(name) && !listed.has(name);
    const reading = files.read(all.filter((file) => !isLeftOut(file)));
    const ignored = all.filter(isLeftOut).map((file) => ({ ...file, reason: `${journal} does not list it` }));
    return { ...reading, ignored: [...reading.ignored, ...ignored] };
  },
};

/** Names of the files that the journal lists; undefined where there is none, or none that can be read. */
function listedIn(file: FolderFile | undefined): ReadonlySet<string> | undefined {
  if (!file) return undefined;
  try {
    const { entries } = JSON.parse(file.file.text) as { entries?: readonly { tag?: string }[] };
    return Array.isArray(entries) ? new Set(entries.map(({ tag }) => `${tag}.sql`)) : undefined;
  } catch {
    return undefined;
  }
}
