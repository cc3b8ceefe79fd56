import { compareDotted } from "../dotted-version.ts";
import { fileLayout } from "./file-layout.ts";
import { numbered } from "./numbered.ts";

/** `001_add_users.sql`, `12.sql` or `2.10.1_add_users.sql`, up only, for a runner that we do not know: each file is one query. */
export const plain = fileLayout({
  name: "plain",
  downs: "none",
  gaps: "matter",
  late: "skipped",
  compare: compareDotted,
  identify: (name) => {
    const identity = numbered(name, /^(\d+(?:\.\d+(?=[_.-]))*)[_.-]?(.*)\.sql$/, "<version>_<title>.sql");
    if ("reason" in identity) return identity;
    const { version, title } = identity;
    return { ...identity, direction: "up", ...(title === "" && { name: version }) };
  },
  execution: () => ({ send: "whole", wrapped: false }),
  fileName: (version, title) => `${version}_${title}.sql`,
});
