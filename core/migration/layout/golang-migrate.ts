import type { Execution } from "../model.ts";
import { compareVersions, fits64Bits, versionKey } from "../version.ts";
import { pairFiles } from "./compose.ts";
import type { FolderFile, IgnoredFile, Layout, LayoutReading } from "./layout.ts";
import { misnamed } from "./misnamed.ts";
import { type Part, pairParts } from "./pair-parts.ts";

/**
 * golang-migrate: `000012_add_user_status.up.sql` and `.down.sql`. Its own pattern takes any extension; files it does
 * not match are left out without a word (source/parse.go and source/file of golang-migrate).
 */
const runnerPattern = /^([0-9]+)_(.*)\.(down|up)\.(.*)$/;

/** The postgres driver sends the file as one simple query and opens no transaction of its own. */
const execution: Execution = { send: "whole", wrapped: false };

const fileName: Layout["fileName"] = (version, title, direction) => `${version}_${title}.${direction}.sql`;

export const golangMigrate: Layout = {
  name: "golang-migrate",
  depth: 0,
  downs: "file",
  gaps: "matter",
  late: "skipped",
  compare: compareVersions,
  wants: (name) => /\.sql/i.test(name) || runnerPattern.test(name),
  read,
  fileName,
  compose: pairFiles(fileName),
};

function read(files: readonly FolderFile[]): LayoutReading {
  return pairParts(files.map(partOf), compareVersions);
}

function partOf(entry: FolderFile): Part | IgnoredFile {
  const reason = misnamed(entry.name);
  if (reason) return { ...entry, ...reason, ...(runnerPattern.test(entry.name) && { isRun: true }) };
  const match = runnerPattern.exec(entry.name);
  if (!match) return { ...entry, reason: "its name is not <version>_<title>.up.sql or .down.sql" };
  const [, version = "", title = "", direction] = match;
  const key = versionKey(version);
  if (!fits64Bits(key, true))
    return { ...entry, reason: `version ${version} is too large: golang-migrate reads 64 bits` };
  return { version, key, title, direction: direction === "up" ? "up" : "down", file: entry.file, execution };
}
