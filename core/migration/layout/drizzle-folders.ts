import { fileLayout } from "./file-layout.ts";

/**
 * Drizzle 1.0: a folder `<14 digits>_<title>` with `migration.sql`, as Prisma's, and no journal. In the order of the
 * folders' names, those whose name the database does not know; cut and sent as before (drizzle-orm 1.0.0-rc.5: migrator.js,
 * migrator.utils.js, pg-core/async/session.js).
 */
export const drizzleFolders = fileLayout({
  name: "drizzle-folders",
  depth: 1,
  folders: true,
  downs: "none",
  gaps: "normal",
  late: "applied",
  firstVersion: { kind: "timestamp", digits: 14 },
  markers: [/^--> statement-breakpoint/],
  compare: (a, b) => a.localeCompare(b),
  identify: (name) => {
    const [, folder = "", version = folder, title = ""] =
      /^((?:(\d+)_)?([^/]*))\/migration\.sql$/.exec(name) ?? [];
    if (folder !== "") return { version, key: folder, title, direction: "up", name: folder };
    return /^[^/]+\.sql$/.test(name) ? { reason: "it stands in no migration's folder" } : undefined;
  },
  execution: () => ({ send: "statements", wrapped: true }),
  fileName: (version, title) => `${version}_${title}/migration.sql`,
});
