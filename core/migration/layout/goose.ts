import { compareVersions } from "../version.ts";
import { numbered } from "./numbered.ts";
import { sectionLayout } from "./section-layout.ts";

/**
 * goose: `00001_add_users.sql` with `-- +goose Up` and `-- +goose Down`. Statements are sent one by one in a transaction,
 * unless the file says `-- +goose NO TRANSACTION` (internal/sqlparser of goose).
 */
export const goose = sectionLayout({
  name: "goose",
  markers: {
    up: /^\s*--\s*\+goose\s+up\s*$/i,
    down: /^\s*--\s*\+goose\s+down\s*$/i,
    cutting: {
      begin: /^\s*--\s*\+goose\s+statementbegin\s*$/i,
      end: /^\s*--\s*\+goose\s+statementend\s*$/i,
      skipped: /^\s*--/,
    },
    file: /^\s*--\s*\+goose\s+no\s+transaction\s*$/i,
    above: "refused",
    fence: { begin: "-- +goose StatementBegin", end: "-- +goose StatementEnd" },
    spelt: { up: "-- +goose Up", down: "-- +goose Down" },
  },
  identify: (name) => numbered(name, /^(\d+)_(.+)\.sql$/, "<version>_<title>.sql"),
  execution: (_section, { file }) => ({
    send: "statements",
    wrapped: !/^[^\S\n]*--[^\S\n]*\+goose\s+no\s+transaction\s*$/im.test(file.text),
    notes: "by search_path",
    unwrap: "begin the file with\n  -- +goose NO TRANSACTION",
  }),
  untransacted: { fileUntransacted: "-- +goose NO TRANSACTION" },
  compare: compareVersions,
  gaps: "matter",
  late: "refused",
  fileName: (version, title) => `${version}_${title}.sql`,
});
