import { compareVersions } from "../version.ts";
import { fileLayout } from "./file-layout.ts";
import { numbered } from "./numbered.ts";

/** Authelia's own: `V0012.Add_Users.up.sql` and `.down.sql`, one folder for each dialect, one transaction a file. */
export const authelia = fileLayout({
  name: "authelia",
  downs: "file",
  gaps: "matter",
  late: "skipped",
  firstVersion: { kind: "sequence", width: 4 },
  compare: compareVersions,
  identify: (name) => {
    const identity = numbered(name, /^V(\d+)\.([^.]+)\.(?:up|down)\.sql$/, "V<version>.<Title>.up.sql");
    if ("reason" in identity) return identity;
    const direction = name.endsWith(".down.sql") ? "down" : "up";
    return { ...identity, direction, name: name.replace(/\.(up|down)\.sql$/, "") };
  },
  execution: () => ({ send: "whole", wrapped: true }),
  fileName: (version, title, direction) => `V${version}.${title}.${direction}.sql`,
});
