/** A folder of each layout: one table, and, where the runner knows downs, the way back. */
export interface LayoutSample {
  readonly layout: string;
  readonly folder: string;
  /** Below the folder. The first one holds the up. */
  readonly files: Readonly<Record<string, string>>;
  readonly verdict: "reversible" | "irreversible";
  /** What a new migration is called, up to the version; and how many files it has. */
  readonly created: RegExp;
  readonly createdFiles: number;
}

const up = "CREATE TABLE users (\n  id bigint PRIMARY KEY\n);\n";
const down = "DROP TABLE users;\n";

export const layoutSamples: readonly LayoutSample[] = [
  {
    layout: "goose",
    folder: "goose/schema",
    files: {
      "00001_users.sql": `-- +goose Up\n${up}\n-- +goose Down\n${down}`,
      "00002_a_program.go": "package schema\n",
    },
    verdict: "reversible",
    created: /^00003_add_orders\.sql$/,
    createdFiles: 1,
  },
  {
    layout: "sql-migrate",
    folder: "sql-migrate/migrations",
    files: { "1_users.sql": `-- +migrate Up\n${up}\n-- +migrate Down\n${down}` },
    verdict: "reversible",
    created: /^2-add_orders\.sql$/,
    createdFiles: 1,
  },
  {
    layout: "dbmate",
    folder: "dbmate/db/migrations",
    files: { "20240131120000_users.sql": `-- migrate:up\n${up}\n-- migrate:down\n${down}` },
    verdict: "reversible",
    created: /^\d{14}_add_orders\.sql$/,
    createdFiles: 1,
  },
  {
    layout: "node-pg-migrate",
    folder: "node-pg-migrate/migrations",
    files: { "1700000000000_users.sql": `-- Up Migration\n${up}\n-- Down Migration\n${down}` },
    verdict: "reversible",
    created: /^\d+_add[_-]orders\.sql$/,
    createdFiles: 1,
  },
  {
    layout: "diesel",
    folder: "diesel/migrations",
    files: { "2024-01-31-120000_users/up.sql": up, "2024-01-31-120000_users/down.sql": down },
    verdict: "reversible",
    created: /^[\d-]+_add_orders\/(up|down)\.sql$/,
    createdFiles: 2,
  },
  {
    layout: "flyway",
    folder: "flyway/migration",
    files: { "1.0/V1__users.sql": up, "1.0/U1__users.sql": down },
    verdict: "reversible",
    created: /^[VU]2__add_orders\.sql$/,
    createdFiles: 2,
  },
  {
    layout: "sqlx",
    folder: "sqlx/migrations",
    files: {
      "20240131120000_users.up.sql": up,
      "20240131120000_users.down.sql": down,
      "../Cargo.toml": "[package]\n",
    },
    verdict: "reversible",
    created: /^\d{14}_add_orders\.(up|down)\.sql$/,
    createdFiles: 2,
  },
  {
    layout: "prisma",
    folder: "prisma/migrations",
    files: { "20240131120000_users/migration.sql": up, "20240131120000_users/down.sql": down },
    verdict: "reversible",
    created: /^\d{14}_add_orders\/migration\.sql$/,
    createdFiles: 1,
  },
  {
    layout: "supabase",
    folder: "backend/supabase/migrations",
    files: { "20240131120000_users.sql": up, "../config.toml": 'project_id = "shop"\n' },
    verdict: "irreversible",
    created: /^\d{14}_add_orders\.sql$/,
    createdFiles: 1,
  },
  {
    layout: "drizzle",
    folder: "shop/migrations",
    files: {
      "0000_users.sql": `${up}--> statement-breakpoint\nCREATE INDEX users_id_idx ON users (id);\n`,
      "meta/_journal.json":
        '{ "dialect": "postgresql", "entries": [{ "idx": 0, "when": 1, "tag": "0000_users" }] }\n',
    },
    verdict: "irreversible",
    created: /^0001_add_orders\.sql$/,
    createdFiles: 1,
  },
  {
    layout: "drizzle-folders",
    folder: "drizzle",
    files: {
      "20240131120000_users/migration.sql": `${up}--> statement-breakpoint\nCREATE INDEX users_id_idx ON users (id);\n`,
    },
    verdict: "irreversible",
    created: /^\d{14}_add_orders\/migration\.sql$/,
    createdFiles: 1,
  },
  {
    layout: "plain",
    folder: "plain/migrations",
    files: { "001_users.sql": up },
    verdict: "irreversible",
    created: /^002_add_orders\.sql$/,
    createdFiles: 1,
  },
];

/** All of them in one workspace, and SQL with a number that is no migration. */
export const layoutFiles: Readonly<Record<string, string>> = {
  "initdb/01-not-a-migration.sql": "this is not SQL\n",
  ...Object.fromEntries(
    layoutSamples.flatMap(({ folder, files }) =>
      Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]),
    ),
  ),
};
