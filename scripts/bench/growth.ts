/**
 * What one migration costs in a small schema and in a large one: a column that is added and dropped, without a default
 * and with one, proved on a generated folder. The target is that it costs at most half as much again among 5,000 tables as among 100.
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
const sizes = [100, 500, 1_000, 2_500, 5_000];
const measured = 40;

const engine = await openEmbedded({ major: Number(major) });
try {
  // The first run pays for what is loaded once.
  await perMigration(engine, 10, "int");
  for (const column of ["int", "int NOT NULL DEFAULT 7"]) {
    print(
      `a column ${column} more and less, proved on PostgreSQL ${engine.postgres}, medians of ${measured} migrations`,
    );
    let first: number | undefined;
    for (const tables of sizes) {
      const ms = await perMigration(engine, tables, column);
      first ??= ms;
      print(
        `  ${String(tables).padStart(5)} tables  ${ms.toFixed(1).padStart(6)} ms  ${(ms / first).toFixed(2)}`,
      );
    }
  }
} finally {
  await engine.stop();
}

async function perMigration(on: Engine, tables: number, column: string): Promise<number> {
  const { migrations } = readMigrations("", folder(tables, column), golangMigrate);
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

/** A hundred tables a migration, and then columns. */
function folder(tables: number, column: string) {
  const files: { path: string; bytes: Uint8Array }[] = [];
  let version = 0;
  const add = (name: string, up: string, down: string) => {
    version += 1;
    files.push({ path: `${version}_${name}.up.sql`, bytes: Buffer.from(up) });
    files.push({ path: `${version}_${name}.down.sql`, bytes: Buffer.from(down) });
  };
  for (let from = 0; from < tables; from += 100) {
    const names = Array.from({ length: Math.min(100, tables - from) }, (_, i) => `t${from + i}`);
    const create = (name: string) =>
      `CREATE TABLE ${name} (id int PRIMARY KEY, a text NOT NULL, b text, c int DEFAULT 7);`;
    add("tables", names.map(create).join("\n"), names.map((name) => `DROP TABLE ${name};`).join("\n"));
  }
  for (let i = 0; i < measured; i++) {
    add("column", `ALTER TABLE t7 ADD d${i} ${column};`, `ALTER TABLE t7 DROP d${i};`);
  }
  return files;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
