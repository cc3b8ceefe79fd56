import { describe, expect, it } from "vitest";
import type { LintInput, LintResult } from "#core/lint/lint-input.ts";
import { lintFiles } from "../support/lint-files.ts";

/**
 * What linters of migrations are known to get wrong. Each case: the history, a migration, and all that is said of it
 * in `recommended` or the preset that it names.
 */
interface Trap {
  readonly before?: string | readonly string[];
  readonly up: string;
  readonly down?: string;
  readonly options?: Partial<LintInput>;
  readonly says: readonly string[];
}

const users = "CREATE TABLE users (id bigint PRIMARY KEY, name text, email text);";
const two = `${users}\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);`;
const notNullCheck = "ALTER TABLE users ADD CONSTRAINT c CHECK (name IS NOT NULL) NOT VALID;";

const traps: Readonly<Record<string, Trap>> = {
  "1 a table that the same file makes": {
    before: users,
    up: "CREATE TABLE orders (id bigint, user_id bigint);\nCREATE INDEX ON orders (user_id);\nALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);\nALTER TABLE orders ADD CHECK (id > 0);\nALTER TABLE orders ALTER user_id SET NOT NULL;",
    says: [],
  },
  "1 a table of that name in another schema": {
    before: `CREATE SCHEMA shop;\nCREATE TABLE shop.orders (id bigint);`,
    up: "CREATE TABLE orders (id bigint);\nCREATE INDEX ON shop.orders (id);",
    says: ["require-concurrent-index"],
  },
  "1 a table that was made and rolled back to a savepoint": {
    before: "CREATE TABLE orders (id bigint);",
    up: "BEGIN;\nSAVEPOINT s;\nDROP TABLE orders;\nCREATE TABLE orders (id bigint);\nROLLBACK TO s;\nCREATE INDEX ON orders (id);\nCOMMIT;",
    says: ["require-concurrent-index"],
  },
  "1 a new table that was filled": {
    before: users,
    up: "CREATE TABLE plans (user_id bigint);\nINSERT INTO plans SELECT id FROM users;\nALTER TABLE plans ADD FOREIGN KEY (user_id) REFERENCES users (id);",
    says: ["foreign-key-validation"],
  },
  "2 a table that another migration of the same change makes": {
    before: two,
    up: "CREATE INDEX orders_user_idx ON orders (user_id);",
    options: { changed: new Set(["migrations/000001_a.up.sql", "migrations/000002_b.up.sql"]) },
    says: [],
  },
  "3 CONCURRENTLY alone in its file": {
    before: users,
    up: "CREATE INDEX CONCURRENTLY users_name_idx ON users (name);",
    says: [],
  },
  "3 CONCURRENTLY in company, which is one transaction": {
    before: users,
    up: "CREATE INDEX CONCURRENTLY a ON users (name);\nCREATE INDEX CONCURRENTLY b ON users (email);",
    says: ["concurrently-in-transaction", "concurrently-in-transaction"],
  },
  "4 START TRANSACTION and END": {
    before: users,
    up: `START TRANSACTION;\n${notNullCheck}\nEND;\nSTART TRANSACTION;\nALTER TABLE users VALIDATE CONSTRAINT c;\nEND TRANSACTION;`,
    says: [],
  },
  "5 STABLE defaults": {
    before: users,
    up: "ALTER TABLE users ADD COLUMN a timestamptz NOT NULL DEFAULT now(), ADD COLUMN b text[] NOT NULL DEFAULT ARRAY[]::text[], ADD COLUMN c timestamptz DEFAULT CURRENT_TIMESTAMP - interval '1 day';",
    says: [],
  },
  "5 the same before 11": {
    before: users,
    up: "ALTER TABLE users ADD COLUMN a timestamptz NOT NULL DEFAULT now();",
    options: { postgres: 10 },
    says: ["add-column-rewrite"],
  },
  "6 a constant default, on what is supported": {
    before: users,
    up: "ALTER TABLE users ADD COLUMN active boolean NOT NULL DEFAULT true;",
    options: { postgres: 15 },
    says: [],
  },
  "7 SET NOT NULL that a CHECK of an earlier file proves": {
    before: [users, notNullCheck, "ALTER TABLE users VALIDATE CONSTRAINT c;"],
    up: "ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    says: [],
  },
  "7 SET NOT NULL where that CHECK was never validated": {
    before: [users, notNullCheck],
    up: "ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    says: ["set-not-null-scan"],
  },
  "7 SET NOT NULL where that CHECK is about another column": {
    before: [users, notNullCheck, "ALTER TABLE users VALIDATE CONSTRAINT c;"],
    up: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
    says: ["set-not-null-scan"],
  },
  "7 before 12 no CHECK helps": {
    before: [users, notNullCheck, "ALTER TABLE users VALIDATE CONSTRAINT c;"],
    up: "ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    options: { postgres: 11 },
    says: ["set-not-null-scan"],
  },
  "8 UNIQUE USING INDEX": {
    before: `${users}\nCREATE UNIQUE INDEX users_email_key ON users (email);`,
    up: "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;",
    says: [],
  },
  "8 one UNIQUE is one finding": {
    before: users,
    up: "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);",
    says: ["unique-constraint-build"],
  },
  "9 a foreign key in CREATE TABLE": {
    before: users,
    up: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));",
    says: [],
  },
  "10 a temporary table, and no timeout for what is new or only read": {
    before: users,
    up: "CREATE TEMP TABLE t ON COMMIT DROP AS SELECT * FROM users;\nCREATE INDEX ON t (id);\nCREATE TABLE IF NOT EXISTS fresh (id bigint PRIMARY KEY);\nSELECT count(*) FROM users;",
    options: { preset: "strict", rules: { "idempotent-ddl": "off" } },
    says: [],
  },
  "11 idempotency is not asked of what can run twice anyway": {
    before: users,
    up: "ALTER TABLE users ENABLE ROW LEVEL SECURITY;",
    options: { preset: "strict", rules: { "missing-lock-timeout": "off" } },
    says: [],
  },
  "12 the trigger that keeps two columns alike": {
    before: `${users}\nCREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';`,
    up: "CREATE TRIGGER keep BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f();",
    says: [],
  },
  "12 a plain unique index belongs to no constraint": {
    before: `${users}\nCREATE UNIQUE INDEX users_email_key ON users (email);`,
    up: "DROP INDEX users_email_key;",
    says: ["require-concurrent-index-drop"],
  },
  "13 a comment before BEGIN, in many bytes, with CR line ends": {
    before: users,
    up: "-- größe 名前 😀\rBEGIN;\rALTER TABLE users ADD CONSTRAINT c CHECK (id > 0) NOT VALID;\rCOMMIT;\r/* 😀 */ BEGIN;\rALTER TABLE users VALIDATE CONSTRAINT c;\rCOMMIT;",
    says: [],
  },
  "15 VACUUM (FULL false), and a condition that is none": {
    before: users,
    up: "VACUUM (FULL false) users;",
    says: [],
  },
  "15 WHERE true is no condition": {
    before: users,
    up: "UPDATE USERS SET name = '' WHERE true;",
    says: ["unbatched-backfill"],
  },
  "15 the schema's version, which stands in one row": {
    before: `${users}\nCREATE TABLE shop_version (schema_version int NOT NULL);`,
    up: "ALTER TABLE users ADD COLUMN age int;\nUPDATE shop_version SET schema_version = 12;",
    says: [],
  },
  "15 the versions of documents, which stand in many": {
    before: "CREATE TABLE document_version (id bigint PRIMARY KEY, version int);",
    up: "UPDATE document_version SET version = 1;",
    says: ["unbatched-backfill"],
  },
  "15 a flag, which may hold for half of the rows": {
    before: "CREATE TABLE documents (id bigint PRIMARY KEY, draft boolean, seen boolean);",
    up: "UPDATE documents SET seen = true WHERE draft = false;",
    says: ["unbatched-backfill"],
  },
  "16 what stands in a DO block as it is": {
    before: users,
    up: "DO $$ BEGIN CREATE INDEX users_name_idx ON users (name); END $$;",
    says: ["do-block-blocks"],
  },
  "17 drops of the down": {
    before: users,
    up: "CREATE TABLE orders (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN age int;",
    down: "ALTER TABLE users DROP COLUMN age;\nDROP TABLE orders;",
    says: [],
  },
  "18 CONCURRENTLY is not possible on a partitioned table": {
    before: "CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);",
    up: "CREATE INDEX events_at_idx ON events (at);",
    says: [],
  },
  "19 CONCURRENTLY without IF NOT EXISTS is right twice": {
    before: users,
    up: "CREATE INDEX CONCURRENTLY users_name_idx ON users (name);",
    options: { preset: "strict", rules: { "missing-lock-timeout": "off" } },
    says: [],
  },
  "19 one lock_timeout is for all that follows": {
    before: users,
    up: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN IF NOT EXISTS a int;\nALTER TABLE users ADD COLUMN IF NOT EXISTS b int;",
    options: { preset: "strict" },
    says: [],
  },
  "19 what is in the way because another name was passed over is one finding": {
    before: "CREATE TABLE a (id int);\nCREATE TABLE b (id int);",
    up: "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\nCREATE TRIGGER touch BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION touch();",
    down: "DROP TRIGGER IF EXISTS touch ON b;\nDROP FUNCTION touch();",
    says: ["down-drops-nothing"],
  },
  "19 the partitions of a misspelt table are no findings": {
    before: users,
    up: "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nCREATE TABLE events_2 PARTITION OF events DEFAULT;",
    down: "DROP TABLE IF EXISTS event;",
    says: ["down-drops-nothing"],
  },
  "20 an ignore is for the next statement alone": {
    before: users,
    up: "-- switchback-ignore require-concurrent-index: small\nCREATE INDEX a ON users (name);\nCREATE INDEX b ON users (email);",
    says: ["require-concurrent-index"],
  },
};

describe("known traps", () => {
  it.each(Object.entries(traps))("%s", async (_, trap) => {
    expect((await lintTrap(trap)).findings.map(({ rule }) => rule)).toEqual(trap.says);
  });

  it("14 a broken file does not silence the others", async () => {
    const { findings } = await lintFiles(
      {
        "migrations/000001_a.up.sql": users,
        "migrations/000001_a.down.sql": "DROP TABLE users;",
        "migrations/000002_b.up.sql": "CREATE TABEL x (id int);",
        "migrations/000002_b.down.sql": "DROP TABLE x;",
        "migrations/000003_c.up.sql": "CREATE INDEX users_name_idx ON users (name);",
        "migrations/000003_c.down.sql": "DROP INDEX users_name_idx;",
      },
      { preset: "recommended" },
    );
    const said = findings.map(({ file, rule }) => `${file.slice(11, 17)} ${rule}`);
    expect(said).toContain("000002 syntax-error");
    expect(said).toContain("000003 require-concurrent-index");
  });

  it("16 what a DO block does is counted as not analysed, and never called clean", async () => {
    const up = "DO $$ BEGIN EXECUTE format('CREATE INDEX ON %I (name)', 'users'); END $$;";
    const { findings, notAnalysed } = await lintTrap({ before: users, up, says: [] });
    expect(findings).toEqual([]);
    expect(notAnalysed).toBe(1);
  });

  it.each([
    ["ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);", "SHARE ROW EXCLUSIVE"],
    ["ALTER TABLE users ADD UNIQUE (email);", "ACCESS EXCLUSIVE"],
    ["ALTER TABLE users ADD CHECK (id > 0);", "ACCESS EXCLUSIVE"],
    ["CREATE INDEX users_name_idx ON users (name);", "SHARE"],
    ["DROP INDEX users_email_idx;", "ACCESS EXCLUSIVE"],
  ])("21 the lock is the one that a server takes: %s", async (up, lock) => {
    const before = `${two}\nCREATE INDEX users_email_idx ON users (email);`;
    const { findings } = await lintTrap({ before, up, says: [] });
    expect(findings[0]?.label).toMatch(new RegExp(`^takes ${lock} on`));
  });
});

function lintTrap({ before = [], up, down, options }: Trap): Promise<LintResult> {
  const history = [before].flat();
  const irreversible = "-- switchback: irreversible not what this is about";
  const files = [...history, up].flatMap((text, index): [string, string][] => {
    const name = `migrations/00000${index + 1}_${"abcdef"[index]}`;
    const back = index === history.length ? (down ?? irreversible) : irreversible;
    return [
      [`${name}.up.sql`, text],
      [`${name}.down.sql`, back],
    ];
  });
  const startAfter = `00000${history.length}`;
  const scope = options?.changed || history.length === 0 ? {} : { startAfter };
  return lintFiles(new Map(files), { preset: "recommended", ...scope, ...options });
}
