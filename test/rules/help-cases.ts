/** A statement whose finding says what SQL to write. */
export interface HelpCase {
  readonly rule: string;
  readonly before: string;
  readonly up: string;
  readonly down?: string;
  /** Where the SQL belongs: in the place of the up, before it, after it, or at the end of the down, which is then complete. */
  readonly where: "instead" | "before" | "after" | "down";
  /** After it the rule has nothing to say of the up. */
  readonly silences?: true;
  /** The first major version that knows the statement. */
  readonly since?: number;
}

const long = "a_table_whose_name_has_the_sixty_three_bytes_that_a_name_may_have";
const table = long.slice(0, 63);
const parts =
  'CREATE TABLE "Log" (id bigint NOT NULL, "When" date NOT NULL, note text) PARTITION BY RANGE (id);\nCREATE TABLE log_1 PARTITION OF "Log" FOR VALUES FROM (1) TO (10);';
const deep = `CREATE SCHEMA s;\nCREATE TABLE s.t (a int NOT NULL, b text) PARTITION BY RANGE (a);\nCREATE TABLE s.p PARTITION OF s.t FOR VALUES FROM (1) TO (9) PARTITION BY RANGE (a);\nCREATE TABLE "P 1" PARTITION OF s.p FOR VALUES FROM (1) TO (3);`;

const instead = (rule: string, before: string, up: string, since?: number): HelpCase => ({
  rule,
  before,
  up,
  where: "instead",
  ...(since !== undefined && { since }),
});

export const helpCases: readonly HelpCase[] = [
  instead(
    "unique-constraint-build",
    'CREATE TABLE "it\'s ""q"" $1$$" (id int, "größe" text);',
    'ALTER TABLE "it\'s ""q"" $1$$" ADD UNIQUE NULLS NOT DISTINCT ("größe") INCLUDE (id) WITH (fillfactor=70) DEFERRABLE INITIALLY DEFERRED;',
  ),
  instead(
    "unique-constraint-build",
    "CREATE TABLE t (a int, b int);\nCREATE INDEX t_a_key ON t (b);",
    "ALTER TABLE t ADD UNIQUE (a);",
  ),
  instead(
    "unique-constraint-build",
    `CREATE TABLE ${table} (${table} int);`,
    `ALTER TABLE ${table} ADD UNIQUE (${table});`,
  ),
  instead("unique-constraint-build", parts, 'ALTER TABLE "Log" ADD CONSTRAINT "K" UNIQUE (id, note);'),
  instead("unique-constraint-build", deep, "ALTER TABLE s.t ADD UNIQUE (a, b) INCLUDE (b);"),
  instead(
    "primary-key-build",
    "CREATE TABLE t (a int, b int NOT NULL);",
    'ALTER TABLE t ADD CONSTRAINT "K" PRIMARY KEY (a, b) DEFERRABLE;',
  ),
  instead(
    "primary-key-build",
    "CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL);",
    "ALTER TABLE t DROP CONSTRAINT t_pkey, ADD CONSTRAINT t_pkey PRIMARY KEY (b);",
  ),
  instead("primary-key-build", parts, 'ALTER TABLE "Log" ADD PRIMARY KEY (id, "When");'),
  instead(
    "require-concurrent-index",
    parts,
    'CREATE INDEX "I" ON "Log" USING btree ("When" DESC) INCLUDE (id) WHERE note <> \'a;b\';',
  ),
  instead("require-concurrent-index", deep, "CREATE UNIQUE INDEX IF NOT EXISTS i ON s.t (a, lower(b));"),
  instead("require-concurrent-index", parts, 'CREATE INDEX ON "Log" (lower(note), id);'),
  instead(
    "require-concurrent-index",
    'CREATE SCHEMA s;\nCREATE TABLE s."T" (a int, b text);',
    "SET search_path TO s;\nCREATE INDEX IF NOT EXISTS i ON /* here */ \"T\" USING btree (a) WHERE b <> 'on';",
  ),
  instead(
    "set-not-null-scan",
    `CREATE TABLE ${table} (id int, ${table} int);`,
    `ALTER TABLE ${table} ALTER ${table} SET NOT NULL, ALTER id SET NOT NULL;`,
    // Before 18 the up makes no constraint whose name could be compared.
    15,
  ),
  instead(
    "set-not-null-scan",
    "CREATE TABLE t (a int, CONSTRAINT t_a_set CHECK (a > 0), CONSTRAINT t_a_not_null CHECK (a > 1));",
    "ALTER TABLE t ALTER a SET NOT NULL;",
  ),
  {
    rule: "set-not-null-scan",
    before:
      'CREATE TABLE t ("A b" int);\nALTER TABLE t ADD CONSTRAINT "C d" CHECK ("A b" IS NOT NULL) NOT VALID;',
    up: 'ALTER TABLE t ALTER "A b" SET NOT NULL;',
    where: "before",
  },
  {
    rule: "set-not-null-scan",
    before: "CREATE TABLE t (a int, CONSTRAINT c CHECK (a IS NOT NULL));",
    up: "ALTER TABLE t ALTER a SET NOT NULL, DROP CONSTRAINT c;",
    where: "instead",
  },
  {
    rule: "check-validation",
    before: "CREATE TABLE t (a int);",
    up: "ALTER TABLE t ADD CHECK (a > 0) NOT VALID, ADD CHECK (a < 9);",
    where: "after",
  },
  {
    rule: "foreign-key-without-index",
    before: `CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE ${table} (a int);`,
    up: `ALTER TABLE ${table} ADD FOREIGN KEY (a) REFERENCES p NOT VALID;`,
    where: "after",
  },
  {
    rule: "foreign-key-without-index",
    before:
      'CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE k ("b.c" int);\nCREATE TABLE "k_b.c_idx" (a int);',
    up: 'ALTER TABLE k ADD FOREIGN KEY ("b.c") REFERENCES p NOT VALID;',
    where: "after",
  },
  {
    rule: "rename-table",
    before: 'CREATE SCHEMA "My App";\nCREATE TABLE "My App"."Us.ers" (id int);',
    up: 'ALTER TABLE "My App"."Us.ers" RENAME TO "Cli.ents";',
    where: "after",
  },
  {
    rule: "rename-table",
    before: 'CREATE SCHEMA "My App";\nCREATE SCHEMA other;\nCREATE TABLE "My App"."Us.ers" (id int);',
    up: 'ALTER TABLE "My App"."Us.ers" SET SCHEMA other;',
    where: "after",
  },
  {
    rule: "security-definer-search-path",
    before: 'CREATE SCHEMA "a.b";',
    up: 'CREATE PROCEDURE "a.b"."P"(a int, INOUT b text) LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN END $$;',
    where: "after",
  },
  {
    rule: "drop-table",
    down: `CREATE TABLE ${table} (a int);`,
    before: `CREATE TABLE ${table} (a int);`,
    up: `DROP TABLE IF EXISTS ${table};`,
    where: "before",
  },
  {
    rule: "drop-column",
    down: `ALTER TABLE ${table} ADD COLUMN b int;`,
    before: `CREATE TABLE ${table} (a int, b int);\nCREATE TABLE t_backup (a int);`,
    up: `ALTER TABLE ${table} DROP COLUMN b;`,
    where: "before",
  },
  {
    rule: "drop-in-use",
    before: "CREATE TABLE t (a int);\nCREATE VIEW v AS SELECT a FROM t;\nCREATE VIEW w AS SELECT a FROM v;",
    up: "DROP TABLE t;",
    where: "before",
  },
  {
    rule: "drop-in-use",
    before: "CREATE SEQUENCE s;\nCREATE TABLE t (a int DEFAULT nextval('s'));",
    up: "DROP SEQUENCE s;",
    where: "before",
  },
  {
    rule: "down-order",
    before: "SELECT 1;",
    up: "CREATE TYPE e AS ENUM ('a');\nCREATE TABLE t (a e PRIMARY KEY);\nCREATE TABLE k (a e REFERENCES t);",
    down: "DROP TYPE e;\nDROP TABLE t;\nDROP TABLE k;",
    where: "down",
  },
  {
    rule: "down-incomplete",
    before:
      'CREATE TABLE t (id int PRIMARY KEY, d int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2), "C c" int);',
    up: "ALTER TABLE t ALTER d DROP IDENTITY;",
    down: "SELECT 1;",
    where: "down",
  },
  {
    rule: "down-incomplete",
    before: "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL);",
    up: 'ALTER TABLE t DROP CONSTRAINT t_pkey;\nALTER TABLE t ADD CONSTRAINT "K" PRIMARY KEY (a);',
    down: "SELECT 1;",
    where: "down",
  },
  {
    rule: "down-incomplete",
    before: "CREATE EXTENSION citext;\nCREATE TABLE t (a int);\nCREATE INDEX i ON t (a);",
    up: "ALTER EXTENSION citext ADD TABLE t;",
    down: "SELECT 1;",
    where: "down",
  },
  {
    rule: "down-incomplete",
    before: "CREATE EXTENSION citext;\nCREATE TABLE t (a int);\nCREATE INDEX i ON t (a);",
    up: "ALTER INDEX i DEPENDS ON EXTENSION citext;",
    down: "SELECT 1;",
    where: "down",
  },
  {
    rule: "down-incomplete",
    before: 'CREATE TABLE t (a int, "B" text);\nCREATE VIEW v AS SELECT a, "B" FROM t;',
    up: "ALTER VIEW v ALTER \"B\" SET DEFAULT 'x';",
    down: "SELECT 1;",
    where: "down",
  },
  {
    rule: "down-incomplete",
    before: parts,
    up: 'CREATE INDEX "I" ON "Log" (note);',
    down: "SELECT 1;",
    where: "down",
  },
  {
    rule: "down-incomplete",
    before: parts,
    up: 'ALTER TABLE "Log" ADD COLUMN extra int, ADD CONSTRAINT "C" CHECK (id > 0);',
    down: "SELECT 1;",
    where: "down",
  },
  instead(
    "foreign-key-validation",
    'CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e ("U" int CONSTRAINT "F" REFERENCES u ON DELETE SET NULL DEFERRABLE NOT ENFORCED);',
    'ALTER TABLE e ALTER CONSTRAINT "F" ENFORCED;',
    18,
  ),
  ...[
    'CREATE TABLE p (k int, "U" int);',
    'CREATE INDEX "I" ON e ("U" DESC) WHERE "U" > 0;\nCREATE TABLE p (k int NOT NULL, "U" int);',
    'ALTER TABLE e ADD UNIQUE (k, "U") DEFERRABLE INITIALLY DEFERRED, ADD PRIMARY KEY (k), ADD FOREIGN KEY ("U") REFERENCES u ON DELETE CASCADE;\nCREATE TABLE p (k int NOT NULL, "U" int);',
    'ALTER TABLE e ADD FOREIGN KEY ("U") REFERENCES u;\nCREATE INDEX ON e ("U");\nCREATE TABLE p (k int NOT NULL, "U" int) PARTITION BY RANGE (k);\nCREATE TABLE "Q" PARTITION OF p FOR VALUES FROM (-5) TO (0);',
  ].map(
    (history): HelpCase => ({
      rule: "attach-partition-scan",
      before: `CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, "U" int) PARTITION BY RANGE (k);\n${history}`,
      up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (-5) TO (10);",
      where: "before",
      silences: true,
    }),
  ),
  ...[
    ["RANGE", "FROM ('a') TO ('f')"],
    ["RANGE", "FROM (MINVALUE) TO ('f')"],
    ["LIST", "IN ('a', 'b')"],
  ].map(
    ([by, bound]): HelpCase => ({
      rule: "attach-partition-scan",
      before: `CREATE TABLE e ("K" text) PARTITION BY ${by} ("K");\nCREATE TABLE rest PARTITION OF e DEFAULT;`,
      up: `CREATE TABLE p PARTITION OF e FOR VALUES ${bound};`,
      where: "before",
      silences: true,
    }),
  ),
  ...[
    'CREATE TABLE "R" (k int, "U" int) PARTITION BY RANGE (k);\nCREATE TABLE p PARTITION OF "R" FOR VALUES FROM (1) TO (9);',
    'CREATE TABLE "R" (k int, "U" int) PARTITION BY RANGE (k);',
    'CREATE TABLE "R" (k int, "U" int);',
  ].map(
    (history): HelpCase => ({
      rule: "foreign-key-without-index",
      before: `CREATE TABLE u (id int PRIMARY KEY);\n${history}`,
      up: 'ALTER TABLE "R" ADD CONSTRAINT "F" FOREIGN KEY ("U") REFERENCES u;',
      where: "after",
    }),
  ),
];
