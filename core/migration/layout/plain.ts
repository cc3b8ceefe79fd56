import { compareDotted } from "../dotted-version.ts";
import { compareText } from "../version.ts";
import { fileLayout } from "./file-layout.ts";
import { numbered } from "./numbered.ts";

const pattern = /^(\d+(?:\.\d+(?=[A-Za-z]?[_.-]))*(?:[A-Za-z](?=[_.-]))?)[_.-]?(.*)\.sql$/;

/**
 * `001_add_users.sql`, `12.sql` or `2.10.1_add_users.sql`, up only, for a runner that we do not know: each file is one query.
 * A letter behind the version puts a file between two: `11a.sql` runs after `11.sql`.
 */
export const plain = fileLayout({
  name: "plain",
  downs: "none",
  gaps: "matter",
  late: "skipped",
  compare,
  identify: (name) => {
    const identity = numbered(name, pattern, "<version>_<title>.sql");
    if ("reason" in identity) return identity;
    const { version, title } = identity;
    return { ...identity, direction: "up", ...(title === "" && { name: version }) };
  },
  execution: () => ({ send: "whole", wrapped: false }),
  fileName: (version, title) => `${version}_${title}.sql`,
});

function compare(a: string, b: string): number {
  return compareDotted(withoutLetter(a), withoutLetter(b)) || compareText(a, b);
}

function withoutLetter(key: string): string {
  return key.replace(/[A-Za-z]$/, "");
}
