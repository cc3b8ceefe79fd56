import { compareVersions } from "../version.ts";
import { fileLayout } from "./file-layout.ts";
import { numbered } from "./numbered.ts";

/** `001_add_users.sql`, up only, for a runner that we do not know: each file is one query. */
export const plain = fileLayout({
  name: "plain",
  downs: "none",
  gaps: "matter",
  late: "skipped",
  compare: compareVersions,
  identify: (name) => {
    const identity = numbered(name, /^(\d+)[_.-]?(.*)\.sql$/, "<version>_<title>.sql");
    return "reason" in identity ? identity : { ...identity, direction: "up" };
  },
  execution: () => ({ send: "whole", wrapped: false }),
  fileName: (version, title) => `${version}_${title}.sql`,
});
