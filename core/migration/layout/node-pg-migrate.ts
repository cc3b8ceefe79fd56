import { compareVersions, versionKey } from "../version.ts";
import { sectionLayout } from "./section-layout.ts";

/**
 * node-pg-migrate's SQL files: `1706700000000_add-users.sql` with `-- Up Migration` and `-- Down Migration`, in any order, of
 * which the first of each counts; without a mark for the up the whole file is one. Each section is one query in a
 * transaction. The name begins with a number, and is the identity as a whole: two files with one number both run. A number
 * of 17 digits is a moment in UTC, and counts as the milliseconds of the others (seen with 9.0, getNumericPrefix there).
 */
export const nodePgMigrate = sectionLayout({
  name: "node-pg-migrate",
  markers: {
    up: /^\s*--[\s-]*up\s+migration/i,
    down: /^\s*--[\s-]*down\s+migration/i,
    above: "left out",
    bareUp: true,
    anyOrder: true,
    firstCounts: true,
    spelt: { up: "-- Up Migration", down: "-- Down Migration" },
  },
  programs: /^(\d+)[_-]?.*(?<!\.d)\.[cm]?[jt]s$/,
  identify: (name) => {
    const [, version, title = ""] = /^(\d+)[_-]?(.*)\.sql$/i.exec(name) ?? [];
    return version === undefined
      ? {
          reason: "its name does not begin with a number, and with such a file it runs none of the folder",
          stops: true,
        }
      : { version, key: name.replace(/\.sql$/i, ""), title };
  },
  execution: () => ({ send: "whole", wrapped: true }),
  compare,
  gaps: "normal",
  late: "refused",
  firstVersion: { kind: "unix", unit: "ms" },
  fileName: (version, title) => `${version}_${title.replaceAll("_", "-")}.sql`,
});

function compare(a: string, b: string): number {
  return compareVersions(numberIn(a), numberIn(b)) || byName().compare(a, b);
}

let collator: Intl.Collator | undefined;

/** Of two with one number (localeCompareStringsNumerically). It takes 10 ms to make, and hardly any folder wants it. */
function byName(): Intl.Collator {
  collator ??= new Intl.Collator("en", { numeric: true, ignorePunctuation: true });
  return collator;
}

function numberIn(key: string): string {
  const [digits = ""] = /^\d+/.exec(key) ?? [];
  return moment(digits) ?? versionKey(digits);
}

/** `20240131120000000` as milliseconds since 1970. */
function moment(version: string): string | undefined {
  const date = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/;
  if (!date.test(version)) return undefined;
  const time = Date.parse(version.replace(date, "$1-$2-$3T$4:$5:$6.$7Z"));
  return Number.isNaN(time) ? undefined : String(time);
}
