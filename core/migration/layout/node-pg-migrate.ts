import { compareVersions } from "../version.ts";
import { numbered } from "./numbered.ts";
import { sectionLayout } from "./section-layout.ts";

/**
 * node-pg-migrate's SQL files: `1706700000000_add-users.sql` with `-- Up Migration` and `-- Down Migration`, in any order;
 * without a mark for the up the whole file is one. Each section is one query in a transaction (src/sqlMigration.ts). A
 * version of 17 digits is a moment in UTC, and counts as the milliseconds of the others (getNumericPrefix).
 */
export const nodePgMigrate = sectionLayout({
  name: "node-pg-migrate",
  markers: {
    up: /^\s*--[\s-]*up\s+migration/i,
    down: /^\s*--[\s-]*down\s+migration/i,
    above: "left out",
    bareUp: true,
    anyOrder: true,
    spelt: { up: "-- Up Migration", down: "-- Down Migration" },
  },
  identify: (name) => {
    const identity = numbered(name, /^(\d+)[_-](.*)\.sql$/, "<timestamp>_<title>.sql");
    return "reason" in identity ? identity : { ...identity, key: moment(identity.version) ?? identity.key };
  },
  execution: () => ({ send: "whole", wrapped: true }),
  compare: compareVersions,
  gaps: "normal",
  late: "refused",
  firstVersion: { kind: "unix", unit: "ms" },
  fileName: (version, title) => `${version}_${title.replaceAll("_", "-")}.sql`,
});

/** `20240131120000000` as milliseconds since 1970. */
function moment(version: string): string | undefined {
  const date = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/;
  if (!date.test(version)) return undefined;
  const time = Date.parse(version.replace(date, "$1-$2-$3T$4:$5:$6.$7Z"));
  return Number.isNaN(time) ? undefined : String(time);
}
