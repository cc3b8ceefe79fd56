import { fileLayout } from "./file-layout.ts";

/**
 * Diesel: a folder `<version>_<title>` with `up.sql` and `down.sql`. Dashes in the version do not count, and versions are
 * ordered as text; what begins with no number is a version too. One transaction a file, unless `metadata.toml` says
 * otherwise (diesel_migrations 2.3.2).
 */
export const diesel = fileLayout({
  name: "diesel",
  depth: 1,
  folders: true,
  downs: "file",
  gaps: "normal",
  late: "applied",
  firstVersion: { kind: "dashed", counter: false },
  extra: /(^|\/)metadata\.toml$/,
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  identify: (name) => {
    const match = /^([^/]+)\/(up|down)\.sql$/.exec(name);
    if (!match)
      return /^[^/]+\.sql$/.test(name) ? { reason: "it stands in no migration's folder" } : undefined;
    const [, folder = "", direction] = match;
    if (folder.startsWith(".")) return undefined;
    const [version = "", ...title] = folder.split("_");
    if (!/^[\d-]*\d[\d-]*$/.test(version))
      return { reason: `folder ${folder} does not begin with a version`, isRun: true };
    return {
      version,
      key: version.replaceAll("-", ""),
      title: title.join("_"),
      direction: direction === "up" ? "up" : "down",
      name: folder,
    };
  },
  execution: ({ name }, files) => ({
    send: "whole",
    wrapped: runsInTransaction(files.get(name.replace(/[^/]+$/, "metadata.toml"))?.file.text),
    notes: "by search_path",
    unwrap: "write into metadata.toml beside it\n  run_in_transaction = false",
  }),
  // One word for both directions.
  untransacted: (files) => {
    const folder = files[0]?.name.replace(/[^/]+$/, "") ?? "";
    return [...files, { name: `${folder}metadata.toml`, text: "run_in_transaction = false\n" }];
  },
  fileName: (version, title, direction) => `${version}_${title}/${direction}.sql`,
});

/** A `metadata.toml` that keeps silent says no, one with something else than a boolean is not read (TomlMetadata). */
function runsInTransaction(metadata: string | undefined): boolean {
  if (metadata === undefined) return true;
  const [, value = "false"] = /^[^\S\n]*run_in_transaction\s*=\s*([^\s#]+)/m.exec(metadata) ?? [];
  return value !== "false";
}
