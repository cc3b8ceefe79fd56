import { compareVersions } from "../version.ts";
import { refusedGooseMark } from "./goose-mark.ts";
import type { Layout } from "./layout.ts";
import { numbered } from "./numbered.ts";
import { sectionLayout } from "./section-layout.ts";

const files = sectionLayout({
  name: "goose",
  markers: {
    // Those that are not written as goose wants them are told: they are meant all the same.
    up: /^\s*--\s*\+goose\s+[Uu][Pp]\b/,
    down: /^\s*--\s*\+goose\s+[Dd][Oo][Ww][Nn]\b/,
    refused: refusedGooseMark,
    cutting: {
      begin: /^\s*--\s*\+goose\s+statementbegin\b/i,
      end: /^\s*--\s*\+goose\s+statementend\b/i,
      skipped: /^\s*--/,
    },
    file: /^\s*--\s*\+goose\s+no\s+transaction\s*$/i,
    above: "refused",
    fence: { begin: "-- +goose StatementBegin", end: "-- +goose StatementEnd" },
    spelt: { up: "-- +goose Up", down: "-- +goose Down" },
  },
  programs: /^(\d+)_.*(?<!_test)\.go$/,
  identify: (name) => {
    const identity = numbered(name, /^(\d+)_(.*)\.sql$/, "<version>_<title>.sql");
    return "key" in identity && identity.key === "0" ? { reason: "goose counts versions from 1" } : identity;
  },
  execution: (_section, { file }) => ({
    send: "statements",
    wrapped: !/^[^\S\n]*--[^\S\n]*\+goose\s+no\s+transaction/im.test(file.text),
    notes: "by search_path",
    unwrap: "begin the file with\n  -- +goose NO TRANSACTION",
  }),
  untransacted: { fileUntransacted: "-- +goose NO TRANSACTION" },
  compare: compareVersions,
  gaps: "matter",
  late: "refused",
  fileName: (version, title) => `${version}_${title}.sql`,
});

/**
 * goose: `00001_add_users.sql` with `-- +goose Up` and `-- +goose Down`. Statements are sent one by one in a transaction,
 * unless the file says `-- +goose NO TRANSACTION` (internal/sqlparser of goose).
 */
export const goose: Layout = {
  ...files,
  placeholder: (text) => {
    const [, substituted] = /^--.*\+goose\s+envsub\s+on\s*$([\s\S]*)/im.exec(text) ?? [];
    return /\$(\{[A-Za-z_][^}\n]*\}|[A-Za-z_]\w*)/.exec(substituted ?? "")?.[0];
  },
};
