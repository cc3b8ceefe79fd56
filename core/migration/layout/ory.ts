import { compareText } from "../version.ts";
import { fileLayout } from "./file-layout.ts";
import type { FolderFile, Layout } from "./layout.ts";

const pattern = /^(\d+)_([^.]+)(?:\.([a-z0-9]+))??(\.autocommit)?\.(up|down)\.sql$/;

const files = fileLayout({
  name: "ory",
  downs: "file",
  gaps: "normal",
  late: "applied",
  firstVersion: { kind: "timestamp", digits: 14 },
  compare: compareText,
  identify: (name) => {
    const [, version, title] = pattern.exec(name) ?? [];
    if (version === undefined || title === undefined)
      return { reason: "its name is not <version>_<title>[.<dialect>].up.sql" };
    return { version, key: version, title, direction: name.endsWith(".down.sql") ? "down" : "up" };
  },
  execution: ({ name }) => ({
    send: "whole",
    wrapped: !name.includes(".autocommit."),
    unwrap: "put .autocommit into its name, before .up.sql and .down.sql",
  }),
  untransacted: (composed, directions) =>
    composed.map((file) =>
      file.direction && directions.includes(file.direction)
        ? { ...file, name: file.name.replace(/(?=\.(up|down)\.sql$)/, ".autocommit") }
        : file,
    ),
  fileName: (version, title, direction) => `${version}_${title}.${direction}.sql`,
});

/**
 * Ory's popx: `<version>_<title>.up.sql` for every dialect, and `<title>.postgres.up.sql` in its place on PostgreSQL;
 * `.autocommit` runs outside a transaction. Versions are texts, often of 20 digits, which no number of 64 bits holds. Files for other dialects are none of our business.
 */
export const ory: Layout = { ...files, read: (entries) => files.read(forPostgres(entries)) };

function forPostgres(entries: readonly FolderFile[]): FolderFile[] {
  const own = new Set(entries.filter((it) => dialect(it) === "postgres").map(slot));
  return entries.filter((entry) => {
    const written = dialect(entry);
    return written === "postgres" || (written === undefined && !own.has(slot(entry)));
  });
}

function dialect(entry: FolderFile): string | undefined {
  const written = pattern.exec(entry.name)?.[3];
  return written === "autocommit" ? undefined : written;
}

/** Files for one slot stand in for each other. */
function slot(entry: FolderFile): string {
  const [, version, title, , , direction] = pattern.exec(entry.name) ?? [];
  return `${version}_${title}.${direction}`;
}
