import { fileLayout } from "./file-layout.ts";

/**
 * Prisma Migrate: a folder `<timestamp>_<title>` with `migration.sql`, in the order of the folders' names. The file is one
 * query without a transaction of its own; there is no down.
 */
export const prisma = fileLayout({
  name: "prisma",
  depth: 1,
  downs: "none",
  gaps: "normal",
  late: "applied",
  // SHA-256 with either kind of line ends; `migrate deploy` only warns (Prisma documentation, "About migration histories").
  remembers: {
    checksummed: (text) => text.replaceAll("\r\n", "\n"),
    otherwise: "Prisma keeps a checksum of it, and migrate dev asks to reset each database that applied it",
    severity: "warning",
  },
  firstVersion: { kind: "timestamp", digits: 14 },
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  identify: (name) => {
    const match = /^([^/]+)\/migration\.sql$/.exec(name);
    if (!match)
      return /^[^/]+\.sql$/.test(name) ? { reason: "it stands in no migration's folder" } : undefined;
    const [, folder = ""] = match;
    const [, version = folder, title = ""] = /^(\d+)_(.*)$/.exec(folder) ?? [];
    return { version, key: folder, title, direction: "up", name: folder };
  },
  execution: () => ({ send: "whole", wrapped: false }),
  fileName: (version, title) => `${version}_${title}/migration.sql`,
});
