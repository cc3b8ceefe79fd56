/**
 * What one migration costs in a small schema and in a large one: of a column, of a table, proved on a generated folder.
 * The target is that it costs at most half as much again among 5,000 tables as among 100.
 *
 *     npm run bench -- growth [major]
 */
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { median } from "./median.ts";

const [major = "18"] = process.argv.slice(2);
const sizes = [100, 1_000, 5_000];
const measured = 40;

interface Kind {
  readonly what: string;
  readonly up: (n: number) => string;
  readonly down: (n: number) => string;
}

const addColumn = (column: string): Kind => ({
  what: `a column ${column} more and less`,
  up: (n) => `ALTER TABLE t7 ADD d${n} ${column};`,
  down: (n) => `ALTER TABLE t7 DROP d${n};`,
});

const kinds: readonly Kind[] = [
  addColumn("int"),
  addColumn("int NOT NULL DEFAULT 7"),
  {
    what: "another name for a column",
    up: (n) => `ALTER TABLE t${n} RENAME a TO d;`,
    down: (n) => `ALTER TABLE t${n} RENAME d TO a;`,
  },
  {
    what: "another default",
    up: (n) => `ALTER TABLE t${n} ALTER c SET DEFAULT 8;`,
    down: (n) => `ALTER TABLE t${n} ALTER c SET DEFAULT 7;`,
  },
  {
    what: "a check of a table",
    up: (n) => `ALTER TABLE t${n} ADD CONSTRAINT t${n}_c CHECK (c > 0);`,
    down: (n) => `ALTER TABLE t${n} DROP CONSTRAINT t${n}_c;`,
  },
  {
    what: "a table more and less",
    up: (n) => `CREATE TABLE n${n} (id int PRIMARY KEY, a text NOT NULL, t int REFERENCES t7);`,
    down: (n) => `DROP TABLE n${n};`,
  },
];

const engine = await openEmbedded({ major: Number(major) });
try {
  // The first run pays for what is loaded once.
  await perMigration(engine, 50, addColumn("int"));
  for (const kind of kinds) {
    print(`${kind.what}, proved on PostgreSQL ${engine.postgres}, medians of ${measured} migrations`);
    let first: number | undefined;
    for (const tables of sizes) {
      const ms = await perMigration(engine, tables, kind);
      first ??= ms;
      print(
        `  ${String(tables).padStart(5)} tables  ${ms.toFixed(1).padStart(6)} ms  ${(ms / first).toFixed(2)}`,
      );
    }
  }
} finally {
  await engine.stop();
}

async function perMigration(on: Engine, tables: number, kind: Kind): Promise<number> {
  const { migrations } = readMigrations("", folder(tables, kind), golangMigrate);
  const run = proveMigrations({
    migrations,
    layout: golangMigrate.name,
    engine: on,
    reopen: () => Promise.reject(new Error("the engine was lost")),
    timeoutMs: 300_000,
    only: new Set(migrations.slice(-measured).map(({ name }) => name)),
  });
  const times: number[] = [];
  for (let step = await run.next(); !step.done; step = await run.next()) {
    if (step.value.verdict.status !== "reversible") throw new Error(JSON.stringify(step.value));
    times.push(step.value.ms);
  }
  // The first of them reads everything once.
  return median(times.slice(1));
}

/** A hundred tables a migration, and then what is measured. */
function folder(tables: number, { up, down }: Kind) {
  const files: { path: string; bytes: Uint8Array }[] = [];
  let version = 0;
  const add = (name: string, upSql: string, downSql: string) => {
    version += 1;
    files.push({ path: `${version}_${name}.up.sql`, bytes: Buffer.from(upSql) });
    files.push({ path: `${version}_${name}.down.sql`, bytes: Buffer.from(downSql) });
  };
  for (let from = 0; from < tables; from += 100) {
    const names = Array.from({ length: Math.min(100, tables - from) }, (_, i) => `t${from + i}`);
    const create = (name: string) =>
      `CREATE TABLE ${name} (id int PRIMARY KEY, a text NOT NULL, b text, c int DEFAULT 7);`;
    add("tables", names.map(create).join("\n"), names.map((name) => `DROP TABLE ${name};`).join("\n"));
  }
  for (let i = 0; i < measured; i++) {
    add("change", up(i), down(i));
  }
  return files;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
