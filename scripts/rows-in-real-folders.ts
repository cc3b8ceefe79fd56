/**
 * Goes through real migration folders with rows in their tables, and prints how many tables could be filled and what
 * the rows brought to light. `node scripts/rows-in-real-folders.ts [major] [folder…]`, with SWITCHBACK_CORPUS set.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { lostWords } from "#core/report/row-words.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { truthFolders } from "../test/roundtrip/truth.ts";

const corpus = process.env.SWITCHBACK_CORPUS ?? "";
const [major = "15", ...wanted] = process.argv.slice(2);
const open = () => openEmbedded({ major: Number(major) });
let engine: Engine = await open();
const reopen = async () => {
  engine = await open();
  return engine;
};
const total = { tables: 0, unfilled: 0, accused: 0 };
for (const { name, prelude } of truthFolders(corpus)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  const folder = join(corpus, "sets", name);
  const files = readdirSync(folder)
    .filter((file) => golangMigrate.wants(file))
    .map((file) => ({ path: file, bytes: readFileSync(join(folder, file)) }));
  const run = proveMigrations({
    migrations: readMigrations("", files, golangMigrate).migrations,
    layout: golangMigrate.name,
    engine,
    reopen,
    prelude: prelude ? { path: "prelude.sql", text: prelude, bom: false } : undefined,
    timeoutMs: 30_000,
    rows: { fill: true, fixtures: new Map() },
  });
  let tables = 0;
  const unfilled = new Map<string, string>();
  for await (const { name: migration, verdict, phases, rows } of run) {
    if (!rows) continue;
    tables = Math.max(tables, rows.tables);
    for (const { table, reason } of rows.unfilled) unfilled.set(table, reason);
    const error = phases.find((phase) => phase.error?.onRows)?.error;
    const said = [
      ...(error ? [`${error.sqlstate} ${error.message}`] : []),
      ...rows.lost.map(lostWords),
      ...rows.notes,
    ];
    if (said.length > 0) process.stdout.write(`  ${migration} ${verdict.status}: ${said.join("; ")}\n`);
    if (error || verdict.status === "data-lost") total.accused += 1;
  }
  total.tables += tables;
  total.unfilled += unfilled.size;
  for (const [table, reason] of unfilled) process.stdout.write(`  could not fill ${table}: ${reason}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${name}: ${tables} tables, ${unfilled.size} not filled, ${seconds} s\n`);
}
await engine.stop();
const share = (100 * (1 - total.unfilled / total.tables)).toFixed(1);
process.stdout.write(
  `${total.tables} tables, ${share} % filled; ${total.accused} migrations accused because of rows\n`,
);
