import { compareText } from "../version.ts";
import { sectionLayout } from "./section-layout.ts";

/**
 * dbmate: `20240131120000_add_users.sql` with `-- migrate:up` and `-- migrate:down`, each at the start of its line. A
 * section is one query inside a transaction, unless its marker says `transaction:false`, so spelt and as a word. A version
 * is a text of digits of any length, and files run in the order of their names: 010, 10 and 9, of which no two are one. A
 * file needs both marks, though nothing has to stand below the second; above the first only comments of one line may. All
 * of it seen with dbmate 2.36.
 */
export const dbmate = sectionLayout({
  name: "dbmate",
  markers: {
    up: /^--\s*migrate:up(\s|$)/,
    down: /^--\s*migrate:down(\s|$)/,
    above: "strictly refused",
    needsDown: true,
    spelt: { up: "-- migrate:up", down: "-- migrate:down" },
  },
  identify: (name) => {
    const [, version, title = ""] = /^(\d+)[_-]?(.*)\.sql$/.exec(name) ?? [];
    return version === undefined
      ? { reason: "its name is not <version>_<title>.sql" }
      : { version, key: version, title };
  },
  execution: ({ marker }) => ({
    send: "whole",
    wrapped: !/\stransaction:false(\s|$)/.test(marker),
    mustStayOpen: true,
    notes: "in current schema",
    // One that is written otherwise says nothing to dbmate.
    unwrap: `mark it with\n  ${marker.replace(/\s+transaction\b.*$/, "").trim()} transaction:false`,
  }),
  untransacted: { untransacted: " transaction:false" },
  // The underscore of the name stands behind every digit.
  compare: (a, b) => compareText(`${a}_`, `${b}_`),
  gaps: "normal",
  late: "applied",
  fileName: (version, title) => `${version}_${title}.sql`,
});
