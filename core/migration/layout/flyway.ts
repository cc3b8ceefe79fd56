import { compareDotted, dottedKey } from "../dotted-version.ts";
import { fileLayout } from "./file-layout.ts";

/**
 * Flyway: `V1.2__title.sql`, its undo `U1.2__title.sql`, and `R__title.sql`, which runs after all others whenever it changed.
 * Statements are sent one by one in a transaction; a script with a statement that cannot run in one runs without
 * (Flyway documentation, "Migrations").
 */
export const flyway = fileLayout({
  name: "flyway",
  downs: "file",
  gaps: "normal",
  late: "refused",
  // A CRC32 of the lines without their ends, and the description (Flyway documentation, "Validate").
  remembers: {
    checksummed: (text) => text.replace(/[\r\n]/g, ""),
    title: true,
    otherwise: "Flyway keeps a checksum of it and refuses to go on where it was applied",
    severity: "error",
  },
  repeats: ({ version }) => version === "R",
  firstVersion: { kind: "sequence", width: 1 },
  // Undo scripts are for those who pay for them; a repeatable has none at all.
  expectsDown: ({ version }, all) => version !== "R" && all.some(({ down }) => down !== undefined),
  compare,
  identify: (name) => {
    const repeatable = /^R__(.+)\.sql$/.exec(name);
    if (repeatable) {
      const [, title = ""] = repeatable;
      return { version: "R", key: `R__${title}`, title, direction: "up", name: `R__${title}` };
    }
    const match = /^([VU])(\d[\d._]*?)__(.*)\.sql$/.exec(name);
    if (!match)
      return { reason: "its name is not V<version>__<title>.sql, U<version>__<title>.sql or R__<title>.sql" };
    const [, prefix, version = "", title = ""] = match;
    return {
      version,
      key: dottedKey(version),
      title,
      direction: prefix === "V" ? "up" : "down",
      name: `V${version}__${title}`,
    };
  },
  execution: ({ file }) => ({
    send: "statements",
    wrapped: !nonTransactional.test(file.text),
    unwrapsItself: true,
    unwrap: "leave it alone in its file",
  }),
  fileName: (version, title, direction) => `${direction === "up" ? "V" : "U"}${version}__${title}.sql`,
});

const nonTransactional =
  /^[^\S\n]*(create\s+(unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\b.*\bconcurrently|vacuum|create\s+database|drop\s+database|alter\s+system)\b/im;

function compare(a: string, b: string): number {
  const repeatables = Number(a.startsWith("R__")) - Number(b.startsWith("R__"));
  if (repeatables !== 0) return repeatables;
  if (a.startsWith("R__")) return a < b ? -1 : a > b ? 1 : 0;
  return compareDotted(a, b);
}
