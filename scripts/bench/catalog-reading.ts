// What reading the catalog after every step costs: npm run bench -- catalog-reading [folder]
//
// Prints the time of up, down and up again of a real folder (SWITCHBACK_CORPUS) with the catalog read after each of
// them, over the time of the same files and nothing else; and how one step grows with the size of the schema.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CatalogReader } from "#core/postgres/catalog/catalog-reader.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { runStep } from "../corpus/run-step.ts";
import { median } from "./median.ts";

const rounds = 3;
const engine = await openEmbedded({ major: 18 });
try {
  const corpus = process.env.SWITCHBACK_CORPUS;
  if (corpus) await printRatio(engine, join(corpus, "sets", process.argv[2] ?? "openmeter"));
  else print("SWITCHBACK_CORPUS is not set: no real folder");
  await printGrowth(engine);
} finally {
  await engine.stop();
}

async function printRatio(engine: Engine, folder: string): Promise<void> {
  const steps = stepsOf(folder);
  const raw: number[][] = [];
  const read: number[][] = [];
  for (let i = 0; i < rounds; i++) {
    raw.push(await timeSteps(engine, steps, false));
    read.push(await timeSteps(engine, steps, true));
  }
  const total = (times: number[][]) => median(times.map((round) => round.reduce((sum, ms) => sum + ms, 0)));
  print(`${steps.length} steps, the catalog read after each`);
  print(`  medians of ${rounds} rounds   ${compared(total(raw), total(read))}`);
  print(`  fastest of each step  ${compared(fastest(raw), fastest(read))}`);
}

async function printGrowth(engine: Engine): Promise<void> {
  const few = await timeOneColumn(engine, 100);
  const many = await timeOneColumn(engine, 5_000);
  print(
    `one column: ${few.toFixed(2)} ms among 100 tables, ${many.toFixed(2)} ms among 5000, growth ${(many / few).toFixed(2)}`,
  );
}

function compared(raw: number, read: number): string {
  return `${raw.toFixed(0)} ms without, ${read.toFixed(0)} ms with: ratio ${(read / raw).toFixed(2)}`;
}

/** The sum of the shortest time of each step: what the machine does beside it falls out. */
function fastest(times: readonly (readonly number[])[]): number {
  const [first = []] = times;
  return first.reduce((sum, _, i) => sum + Math.min(...times.map((round) => round[i] ?? 0)), 0);
}

function stepsOf(folder: string): string[] {
  const ups = readdirSync(folder)
    .filter((file) => file.endsWith(".up.sql"))
    .sort();
  return ups
    .flatMap((up) => [up, up.replace(/\.up\.sql$/, ".down.sql"), up])
    .map((file) => join(folder, file))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, "utf8"));
}

async function timeSteps(engine: Engine, steps: readonly string[], read: boolean): Promise<number[]> {
  const database = await engine.createDatabase();
  const migrating = await database.connect();
  const reader = read
    ? await CatalogReader.open({ session: await database.connect(), shared: false })
    : undefined;
  const times: number[] = [];
  for (const sql of steps) {
    const start = performance.now();
    await runStep(migrating, sql);
    await reader?.readChanges(migrating);
    times.push(performance.now() - start);
  }
  if (reader)
    print(`  ${reader.catalog.size} objects at the end, ${reader.catalog.savepoint()} changes seen`);
  return times;
}

/** Milliseconds of a step that adds or drops a column, the migration included. */
async function timeOneColumn(engine: Engine, tables: number): Promise<number> {
  const database = await engine.createDatabase();
  const migrating = await database.connect();
  for (let i = 0; i < tables; i += 100) {
    await migrating.execute(
      `do $$ begin for i in ${i}..${i + 99} loop execute format('create table t%s (id integer primary key, a text not null, b text, c integer default 7)', i); end loop; end $$`,
    );
  }
  const reader = await CatalogReader.open({ session: await database.connect(), shared: false });
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const start = performance.now();
    await migrating.execute(i % 2 === 0 ? "alter table t7 add d integer" : "alter table t7 drop d");
    await reader.readChanges(migrating);
    times.push(performance.now() - start);
  }
  return median(times);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
