/** The workspace that the suites begin with: a good history, then a migration with two things wrong. */
export const sample: Readonly<Record<string, string>> = {
  "migrations/000001_users.up.sql":
    "CREATE TABLE users (\n  id bigint PRIMARY KEY,\n  email text NOT NULL\n);\n",
  "migrations/000001_users.down.sql": "DROP TABLE users;\n",
  "migrations/000002_status.up.sql":
    "CREATE TYPE user_status AS ENUM ('active', 'blocked');\n\nALTER TABLE users ADD COLUMN status user_status;\n",
  "migrations/000002_status.down.sql": "ALTER TABLE users DROP COLUMN status;\n",
  "migrations/000003_email_index.up.sql": "CREATE INDEX users_email_idx ON users (email);\n",
  "migrations/000003_email_index.down.sql": "DROP INDEX users_email_idx;\n",
  "queries/report.sql": "CREATE INDEX oops ON users (email);\nthis is not SQL\n",
};
