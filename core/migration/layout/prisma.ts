import { splitStatements } from "../../sql/splitter.ts";
import { fileLayout } from "./file-layout.ts";
import type { Layout } from "./layout.ts";

const pairs = fileLayout({
  name: "prisma",
  depth: 1,
  folders: true,
  downs: "file",
  gaps: "normal",
  late: "applied",
  // SHA-256 with either kind of line ends; `migrate deploy` only warns (Prisma documentation, "About migration histories").
  remembers: {
    checksummed: (text) => text.replaceAll("\r\n", "\n"),
    otherwise: "Prisma keeps a checksum of it, and migrate dev asks to reset each database that applied it",
    severity: "warning",
  },
  firstVersion: { kind: "timestamp", digits: 14 },
  // Prisma itself runs no down: only who writes them can have forgotten one.
  expectsDown: (_, all) => all.filter(({ down }) => down).length > all.length / 2,
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  identify: (name) => {
    const match = /^([^/]+)\/(migration|down)\.sql$/.exec(name);
    if (!match)
      return /^[^/]+\.sql$/.test(name) ? { reason: "it stands in no migration's folder" } : undefined;
    const [, folder = "", file] = match;
    const [, version = folder, title = ""] = /^(\d+)_(.*)$/.exec(folder) ?? [];
    return { version, key: folder, title, direction: file === "down" ? "down" : "up", name: folder };
  },
  execution: () => ({ send: "whole", wrapped: false }),
  fileName: (version, title, direction) =>
    `${version}_${title}/${direction === "up" ? "migration" : "down"}.sql`,
});

/**
 * Prisma Migrate: a folder `<timestamp>_<title>` with `migration.sql`, in the order of the folders' names. The file is one
 * query without a transaction of its own. `down.sql` beside it is sent by hand, with `prisma db execute` (Prisma
 * documentation, "Generating down migrations").
 */
export const prisma: Layout = {
  ...pairs,
  // A down without a statement is one that nobody asked for.
  compose: (version, title, { down = "", ...sql }, siblings = []) => {
    const without = siblings.filter((it) => it.down === undefined).length;
    const isAsked = splitStatements(down).length > 0 && without <= siblings.length / 2;
    return pairs.compose(version, title, isAsked ? { ...sql, down } : sql);
  },
};
