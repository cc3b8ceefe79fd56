/**
 * What somebody waits for who changed one migration at the end of a long folder: on the command line, where a process
 * starts, and in the editor, where the engine is warm and the state before that migration is made ahead.
 *
 *     SWITCHBACK_CORPUS=… npm run bench -- one-migration [folder] [rounds]
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { resolveConfig } from "#core/config/resolve-config.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEngine } from "#core/postgres/open-engine.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { WarmEngines } from "../../extension/src/proof/warm-engines.ts";
import { pgliteWorker } from "../../test/support/pglite-worker.ts";
import { median } from "./median.ts";
import { timedRun } from "./timed-run.ts";

const root = join(import.meta.dirname, "../..");
const corpus = process.env.SWITCHBACK_CORPUS;
const [name = "openmeter", rounds = "7"] = process.argv.slice(2);

print(`one migration, medians of ${rounds} rounds`);
coldStart("the sample", join(root, "migrations"), ["--last", "1"]);
if (corpus) {
  const folder = join(corpus, "sets", name);
  coldStart(`the last of ${name}, earlier ones kept`, folder, ["--last", "1"]);
  coldStart(`the last of ${name}, earlier ones run`, folder, ["--last", "1", "--no-cache"]);
  await inTheEditor(folder);
} else print("  SWITCHBACK_CORPUS is not set: no real folder");

function coldStart(what: string, folder: string, flags: readonly string[]): void {
  const main = join(root, "dist/cli/main.cjs");
  const run = () =>
    timedRun(process.execPath, [main, "roundtrip", folder, "--engine", "embedded", ...flags], root);
  // The first run makes what later ones find in the cache.
  run();
  const times = Array.from({ length: Number(rounds) }, () => run().wall);
  print(`  process, embedded: ${what.padEnd(42)} ${median(times).toFixed(0).padStart(5)} ms`);
}

async function inTheEditor(folder: string): Promise<void> {
  const files = readdirSync(folder)
    .filter((file) => golangMigrate.wants(file))
    .map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
  const { migrations } = readMigrations("", files, golangMigrate);
  const last = migrations.at(-1)?.name ?? "";
  const engines = new WarmEngines(openEngine);
  const config = { ...resolveConfig(), engine: "pglite" as const, worker: await pgliteWorker() };
  const open = () => engines.open(config, new AbortController().signal);
  const prove = async () => {
    // It waits for what is made ahead, as an editor does that is saved twice in a second.
    const engine = await open();
    const started = performance.now();
    const run = proveMigrations({
      migrations,
      layout: golangMigrate.name,
      engine,
      reopen: open,
      timeoutMs: 60_000,
      only: new Set([last]),
      cache: "bench",
    });
    for (let step = await run.next(); !step.done; step = await run.next());
    const ms = performance.now() - started;
    await engine.stop();
    return ms;
  };
  const first = await prove();
  const times: number[] = [];
  for (let i = 0; i < Number(rounds); i++) times.push(await prove());
  print(
    `  warm PGlite:       ${`the last of ${name}, the first time`.padEnd(42)} ${first.toFixed(0).padStart(5)} ms`,
  );
  print(
    `  warm PGlite:       ${`the last of ${name}, made ahead`.padEnd(42)} ${median(times).toFixed(0).padStart(5)} ms (limit 150)`,
  );
  // A warm engine has no end of its own.
  process.exit(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
