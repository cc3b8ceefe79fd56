import { compareText, compareVersions, fits64Bits, versionKey } from "../version.ts";
import { sectionLayout } from "./section-layout.ts";

/**
 * sql-migrate: sections `-- +migrate Up` and `-- +migrate Down`, spelt exactly so at the start of their lines (parseCommand
 * in sqlparse.go). The file's whole name is its identity; names are ordered by the number in front, an int64, then as text,
 * and those without a number come last (Less in migrate.go). One transaction a section unless it says `notransaction`, as a
 * word of its own (seen with 1.8.1).
 */
export const sqlMigrate = sectionLayout({
  name: "sql-migrate",
  markers: {
    up: /^-- \+migrate\s+Up(\s|$)/,
    down: /^-- \+migrate\s+Down(\s|$)/,
    cutting: {
      begin: /^-- \+migrate\s+StatementBegin(\s|$)/,
      end: /^-- \+migrate\s+StatementEnd(\s|$)/,
      // A comment with anything else in front counts as SQL (seen with 1.8.1).
      skipped: /^-- /,
    },
    above: "left out",
    anyOrder: true,
    mayCut: true,
    fence: { begin: "-- +migrate StatementBegin", end: "-- +migrate StatementEnd" },
    spelt: { up: "-- +migrate Up", down: "-- +migrate Down" },
  },
  identify: (name) => {
    const match = /^(\d*)[-_]?(.*)\.sql$/.exec(name);
    if (!match) return { reason: "its name does not end in .sql" };
    const [, version = "", title = ""] = match;
    if (!fits64Bits(versionKey(version), false))
      return { reason: `version ${version} is too large: sql-migrate reads 64 bits` };
    return { version, key: name.replace(/\.sql$/, ""), title };
  },
  execution: ({ marker }) => ({
    send: "statements",
    wrapped: !/\snotransaction(\s|$)/.test(marker),
    mustStayOpen: true,
    notes: "by search_path",
    unwrap: `mark it with\n  ${marker.trim()} notransaction`,
  }),
  untransacted: { untransacted: " notransaction" },
  compare,
  gaps: "normal",
  late: "applied",
  fileName: (version, title) => `${version}-${title}.sql`,
});

function compare(a: string, b: string): number {
  const [left, right] = [numberIn(a), numberIn(b)];
  if (left === undefined || right === undefined)
    return Number(left === undefined) - Number(right === undefined) || compareText(a, b);
  return compareVersions(left, right) || compareText(a, b);
}

function numberIn(key: string): string | undefined {
  const [digits] = /^\d+/.exec(key) ?? [];
  return digits === undefined ? undefined : versionKey(digits);
}
