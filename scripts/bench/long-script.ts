/**
 * What a statement costs in a long script: a migration of one kind of statement, with its down, linted with every rule and
 * drawn for a terminal, in a warm process. Four times the statements are to take about four times as long.
 *
 *     npm run bench -- long-script [statements]
 */
import { lint } from "#core/lint/lint.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { renderTerminal } from "#core/report/terminal.ts";
import { version } from "#core/version.ts";
import { figure } from "./figure.ts";
import { median } from "./median.ts";

const short = Number(process.argv[2] ?? 1000);
const times = 4;
const rounds = 3;

/** On tables `t0`, `t1`, … which earlier migrations made; `n` is one less than their number. */
interface Kind {
  readonly up: (i: number, n: number) => string;
  readonly down?: (i: number) => string;
  /** Once, before all of them. */
  readonly first?: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  "ADD COLUMN": {
    up: (i) => `ALTER TABLE t${i} ADD COLUMN b text;`,
    down: (i) => `ALTER TABLE t${i} DROP COLUMN b;`,
  },
  "ADD COLUMN, timeouts set": {
    first: "SET lock_timeout = '5s';\nSET statement_timeout = '1min';",
    up: (i) => `ALTER TABLE t${i} ADD COLUMN b text;`,
  },
  "ADD COLUMN, one table": { up: (i) => `ALTER TABLE t0 ADD COLUMN b${i} text;` },
  "DROP COLUMN": {
    up: (i) => `ALTER TABLE t${i} DROP COLUMN a;`,
    down: (i) => `ALTER TABLE t${i} ADD COLUMN a text;`,
  },
  "SET NOT NULL": { up: (i) => `ALTER TABLE t${i} ALTER COLUMN a SET NOT NULL;` },
  "ALTER TYPE": { up: (i) => `ALTER TABLE t${i} ALTER COLUMN r TYPE int;` },
  "RENAME TABLE": { up: (i) => `ALTER TABLE t${i} RENAME TO s${i};` },
  "RENAME COLUMN": { up: (i) => `ALTER TABLE t${i} RENAME COLUMN a TO z;` },
  "FOREIGN KEY": { up: (i, n) => `ALTER TABLE t${i} ADD FOREIGN KEY (r) REFERENCES t${n - i} (id);` },
  "FOREIGN KEY, one table": { up: (i) => `ALTER TABLE t${i} ADD FOREIGN KEY (r) REFERENCES t0 (id);` },
  CHECK: { up: (i) => `ALTER TABLE t${i} ADD CONSTRAINT c${i} CHECK (r > 0);` },
  UNIQUE: { up: (i) => `ALTER TABLE t${i} ADD CONSTRAINT u${i} UNIQUE (a);` },
  "CREATE TABLE": {
    up: (i) => `CREATE TABLE n${i} (id int, a varchar(20), c timestamp, d json, e money, f char(3));`,
    down: (i) => `DROP TABLE n${i};`,
  },
  "CREATE TABLE, references": {
    up: (i) => `CREATE TABLE n${i} (id bigint PRIMARY KEY, r bigint REFERENCES t${i} (id));`,
    down: (i) => `DROP TABLE n${i};`,
  },
  "PARTITION OF": {
    first: "CREATE TABLE p (id int) PARTITION BY RANGE (id);",
    up: (i) => `CREATE TABLE p${i} PARTITION OF p FOR VALUES FROM (${i}) TO (${i + 1});`,
  },
  "DROP TABLE": { up: (i) => `DROP TABLE t${i};` },
  "CREATE INDEX": { up: (i) => `CREATE INDEX t${i}_a ON t${i} (a);` },
  "CREATE INDEX CONCURRENTLY": { up: (i) => `CREATE INDEX CONCURRENTLY t${i}_a ON t${i} (a);` },
  "CREATE VIEW": { up: (i) => `DROP VIEW IF EXISTS v${i};\nCREATE VIEW v${i} AS SELECT a FROM t${i};` },
  "CREATE TRIGGER": {
    up: (i) =>
      `CREATE FUNCTION f${i}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\nCREATE TRIGGER g${i} BEFORE INSERT ON t${i} FOR EACH ROW EXECUTE FUNCTION f${i}();`,
  },
  "CREATE TYPE": { up: (i) => `CREATE TYPE e${i} AS ENUM ('a', 'b');` },
  "CREATE SEQUENCE": { up: (i) => `CREATE SEQUENCE q${i};` },
  "CREATE POLICY": {
    up: (i) => `ALTER TABLE t${i} ENABLE ROW LEVEL SECURITY;\nCREATE POLICY p${i} ON t${i} USING (true);`,
  },
  "OWNER TO": { up: (i) => `ALTER TABLE t${i} OWNER TO app;` },
  GRANT: { up: (i) => `GRANT SELECT ON t${i} TO app;` },
  COMMENT: { up: (i) => `COMMENT ON TABLE t${i} IS 'x';` },
  UPDATE: { up: (i) => `UPDATE t${i} SET a = 'x';` },
  DELETE: { up: (i) => `DELETE FROM t${i};` },
  TRUNCATE: { up: (i) => `TRUNCATE t${i};` },
  INSERT: { up: (i) => `INSERT INTO t0 (id, a) VALUES (${i}, 'x');` },
  "INSERT … SELECT": { up: (i, n) => `INSERT INTO t${i} (id) SELECT id FROM t${n - i};` },
  "BEGIN … COMMIT": { up: (i) => `BEGIN;\nALTER TABLE t${i} ADD COLUMN b text;\nCOMMIT;` },
  SAVEPOINT: {
    first: "BEGIN;",
    up: (i) => `SAVEPOINT s${i};\nALTER TABLE t${i} ADD COLUMN b text;\nRELEASE s${i};`,
  },
};

print(`lint of a script of ${short} and of ${times * short} statements, every rule, best of ${rounds}`);
print(
  `  ${"".padEnd(26)}${`${short}`.padStart(9)}${`${times * short}`.padStart(9)}    growth (${times} is in step)`,
);
const growths: number[] = [];
for (const [what, kind] of Object.entries(kinds)) {
  const [small, large] = [await best(kind, short), await best(kind, times * short)];
  growths.push(large / small);
  print(`  ${what.padEnd(26)}${ms(small)}${ms(large)}    ${(large / small).toFixed(1)}`);
}
print(`  median growth ${median(growths).toFixed(1)}, largest ${Math.max(...growths).toFixed(1)}`);
figure("long-script/growth", median(growths).toFixed(1));

async function best(kind: Kind, statements: number): Promise<number> {
  const files = filesOf(kind, statements);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await lintAndDraw(files);
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

function filesOf({ up, down, first }: Kind, n: number): ReadonlyMap<string, string> {
  const each = (write: (i: number) => string) => Array.from({ length: n }, (_, i) => write(i)).join("\n");
  return new Map([
    ["1_base.up.sql", each((i) => `CREATE TABLE t${i} (id bigint PRIMARY KEY, a text, r bigint);`)],
    ["1_base.down.sql", "-- switchback: irreversible the first one"],
    ["2_long.up.sql", `${first ?? ""}\n${each((i) => up(i, n - 1))}`],
    ["2_long.down.sql", down ? each(down) : "SELECT 1;"],
  ]);
}

async function lintAndDraw(files: ReadonlyMap<string, string>): Promise<void> {
  const raw = [...files].map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  const folder = readMigrations("migrations", raw, golangMigrate);
  const { findings } = await lint({ folder, preset: "all", rules: {}, postgres: 18 });
  const summary = {
    migrations: 2,
    errors: 0,
    warnings: 0,
    infos: 0,
    fixable: 0,
    statements: 0,
    notAnalysed: 0,
    ms: 0,
  };
  const report = { version, layout: "golang-migrate", folder: "migrations", migrations: [], roundTrips: [] };
  renderTerminal(
    { ...report, findings, summary },
    { color: false, width: 100, source: (file) => files.get(file) },
  );
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`.padStart(9);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
