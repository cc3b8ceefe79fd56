import { compareVersions } from "../version.ts";
import { fileLayout } from "./file-layout.ts";
import type { Layout } from "./layout.ts";
import { numbered } from "./numbered.ts";

const files = fileLayout({
  name: "sqlx",
  downs: "file",
  gaps: "normal",
  late: "applied",
  // SHA-384 of the up's file (sqlx-core/src/migrate/migration.rs).
  remembers: {
    checksummed: (text) => text,
    otherwise: "sqlx keeps a checksum of it and refuses to go on where it was applied",
    severity: "error",
  },
  firstVersion: { kind: "timestamp", digits: 14 },
  // A simple migration (`<version>_<title>.sql`) has no down by design.
  expectsDown: ({ up }) => up?.file.path.endsWith(".up.sql") ?? false,
  compare: compareVersions,
  identify: (name) => {
    const identity = numbered(name, /^(\d+)_(.*?)(?:\.(?:up|down))?\.sql$/, "<version>_<title>.up.sql");
    if ("reason" in identity) return endsTheRun.test(name) ? { reason: unreadable, stops: true } : identity;
    return { ...identity, direction: name.endsWith(".down.sql") ? "down" : "up" };
  },
  execution: ({ file }) => ({
    send: "whole",
    wrapped: !file.text.startsWith("-- no-transaction"),
    // execute_migration names its table as it is configured, without a schema.
    notes: "by search_path",
    unwrap: "begin the file with\n  -- no-transaction",
  }),
  markers: [/^-- no-transaction/],
  untransacted: (files, directions) =>
    files.map((file) =>
      file.direction && directions.includes(file.direction)
        ? { ...file, text: `-- no-transaction\n${file.text}` }
        : file,
    ),
  fileName: (version, title, direction) => `${version}_${title}.${direction}.sql`,
});

/**
 * sqlx: reversible `<version>_<title>.up.sql` and `.down.sql`, or simple `<version>_<title>.sql`. A file is one query in a
 * transaction unless it begins with `-- no-transaction` (sqlx-core/src/migrate of 0.9.0).
 */
export const sqlx: Layout = {
  ...files,
  // Its command line refuses to add one kind to a folder of the other.
  compose: (version, title, { down, ...sql }, siblings = []) => {
    const simple = siblings.length > 0 && siblings.every(({ up = "" }) => !up.endsWith(".up.sql"));
    if (!simple) return files.compose(version, title, down === undefined ? sql : { ...sql, down });
    return files
      .compose(version, title, sql)
      .map((file) => ({ ...file, name: file.name.replace(/\.up\.sql$/, ".sql") }));
  },
};

/** What stands before the first underscore is read as a number; what is none is an error (resolve_blocking). */
const endsTheRun = /^[^_]*_.*\.sql$/;
const unreadable =
  "what stands before its underscore is no number of 64 bits, and with such a file it runs none of the folder";
