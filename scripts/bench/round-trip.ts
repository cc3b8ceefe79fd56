/**
 * How much a verified round trip costs over sending the same files to the same server, and how it compares with the
 * script that people write by hand: psql for each file, pg_dump before and after, diff.
 *
 * The server's files stand in memory where there is plenty of it, which makes the files alone twice as fast and the
 * catalog no faster to read. With TMPDIR they stand where that says.
 *
 * On the version that the product takes by default; by hand on the newest that the installed pg_dump can dump.
 *
 *     npm run bench -- round-trip <folder> [major] [rounds]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Migration, Script } from "#core/migration/model.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { memoryIsRoomy } from "#core/postgres/embedded/working-folder.ts";
import { type Engine, PostgresError } from "#core/postgres/session.ts";
import { partsOf, proveSideBySide } from "#core/roundtrip/side-by-side.ts";
import { figure } from "./figure.ts";
import { median } from "./median.ts";
import { realFolder } from "./real-folder.ts";

const [name = "openmeter", major = "18", rounds = "3"] = process.argv.slice(2);
const folder = realFolder(name);
if (!folder) {
  process.stdout.write(`round trip: skipped, there is no folder ${name}\n`);
  process.exit(0);
}
const files = readdirSync(folder)
  .filter((file) => golangMigrate.wants(file))
  .map((file) => ({ path: file, bytes: readFileSync(join(folder, file)) }));
const migrations = readMigrations("", files, golangMigrate).migrations.filter(({ up, down }) => up && down);

const place = memoryIsRoomy() ? "in memory" : "on disk";

/** Pairs that the hand-written script is measured on: it needs a third of a second for each. */
const handPairs = 30;

/** As many servers as the product takes. */
const servers = Math.min(availableParallelism(), 4);

const open = (version = Number(major)) => openEmbedded({ major: version });
const engine = await open();
try {
  await proved(engine, migrations);
  const raw: number[] = [];
  const ours: number[] = [];
  const alone: number[] = [];
  const traced: number[] = [];
  const tracedAlone: number[] = [];
  for (let round = 0; round < Number(rounds); round++) {
    raw.push(await sent(engine, migrations));
    ours.push(await proved(engine, migrations, { servers }));
    alone.push(await proved(engine, migrations));
    traced.push(await proved(engine, migrations, { servers, locks: true }));
    tracedAlone.push(await proved(engine, migrations, { locks: true }));
  }
  print(
    `${migrations.length} pairs of ${name} on PostgreSQL ${engine.postgres}, its files ${place}, ${rounds} rounds, medians`,
  );
  const compare = (what: string, times: readonly number[], limit: string) =>
    print(
      `  ${what.padEnd(30)}${ms(median(times))}: ${ratio(times, raw).toFixed(2)} times the files alone${limit}`,
    );
  print(`  ${"files sent up, down, up".padEnd(30)}${ms(median(raw))}`);
  compare(`verified, ${servers} servers`, ours, " (limit 2.00)");
  compare("verified, 1 server", alone, "");
  compare(`with --locks, ${servers} servers`, traced, " (limit 3.00)");
  compare("with --locks, 1 server", tracedAlone, "");
  figure("round-trip/pairs", String(migrations.length));
  figure(`round-trip/verified-${place.replace(" ", "-")}`, ratio(ours, raw).toFixed(1));
  figure("round-trip/servers", String(servers));
  const client = clientMajor();
  if (client === undefined)
    print("  psql + pg_dump + diff         skipped: psql and pg_dump are not installed");
  else {
    // pg_dump refuses a server that is newer than itself.
    const dumpable = client >= engine.major ? engine : await open(client);
    await compareByHand(dumpable, migrations.slice(0, handPairs)).finally(
      () => dumpable !== engine && dumpable.stop(),
    );
  }
  print(`  memory of this process        ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`);
} finally {
  await engine.stop();
}

/** Taken round by round, so that a machine that slows down slows both. */
function ratio(times: readonly number[], raw: readonly number[]): number {
  return median(times.map((time, round) => time / (raw[round] ?? Number.NaN)));
}

/** The first server runs already, as it does for the files alone; what others take to start counts. */
async function proved(
  on: Engine,
  chosen: readonly Migration[],
  { locks = false, servers = 1 }: { readonly locks?: boolean; readonly servers?: number } = {},
): Promise<number> {
  const started = performance.now();
  const run = proveSideBySide({
    migrations: chosen,
    layout: golangMigrate.name,
    engine: on,
    reopen: () => Promise.reject(new Error("the engine was lost")),
    another: () => open(on.major),
    parts: partsOf(chosen, servers),
    timeoutMs: 60_000,
    locks,
  });
  for (let step = await run.next(); !step.done; step = await run.next());
  return performance.now() - started;
}

async function sent(on: Engine, chosen: readonly Migration[]): Promise<number> {
  const started = performance.now();
  const database = await on.createDatabase();
  const session = await database.connect();
  for (const text of chosen.flatMap(upDownUp)) {
    try {
      await session.execute(text);
    } catch (error) {
      if (!(error instanceof PostgresError)) throw error;
    }
  }
  await session.close();
  await database.drop();
  return performance.now() - started;
}

function clientMajor(): number | undefined {
  const { stdout, error } = spawnSync("pg_dump", ["--version"], { encoding: "utf8" });
  return error ? undefined : Number.parseInt(/\d+/.exec(stdout)?.[0] ?? "", 10);
}

async function compareByHand(on: Engine, first: readonly Migration[]): Promise<void> {
  await proved(on, first);
  const byHand = await psqlAndDump(on, first);
  const verified = await proved(on, first);
  print(
    `  psql + pg_dump + diff         ${ms(byHand)} for the first ${first.length} pairs on PostgreSQL ${on.postgres}`,
  );
  print(`  the same, verified            ${ms(verified)}: ${(byHand / verified).toFixed(1)} times faster`);
  figure(`round-trip/by-hand-${place.replace(" ", "-")}`, (byHand / verified).toFixed(0));
}

/** One process per file and per dump, as a shell script does it. */
async function psqlAndDump(on: Engine, chosen: readonly Migration[]): Promise<number> {
  const database = await on.createDatabase();
  const session = await database.connect();
  await session.execute("CREATE ROLE bench LOGIN SUPERUSER PASSWORD 'bench'");
  const [place] = await session.query(
    "select coalesce(nullif(current_setting('unix_socket_directories'), ''), '127.0.0.1'), current_setting('port')",
  );
  const env = {
    ...process.env,
    PGHOST: place?.[0] ?? "",
    PGPORT: place?.[1] ?? "",
    PGUSER: "bench",
    PGPASSWORD: "bench",
    PGDATABASE: database.name,
  };
  const run = (command: string, args: string[], input = "") =>
    execFileSync(command, args, { env, input, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] });
  // Recent clients print a random key, so that any two dumps would differ.
  const dump = () => run("pg_dump", ["--schema-only"]).replace(/^\\(un)?restrict .*$/gm, "");
  try {
    const started = performance.now();
    let differing = 0;
    for (const migration of chosen) {
      const [up = "", down = ""] = upDownUp(migration);
      const before = dump();
      run("psql", ["-q", "-1"], up);
      const after = dump();
      run("psql", ["-q", "-1"], down);
      if (dump() !== before) differing += 1;
      run("psql", ["-q", "-1"], up);
      if (dump() !== after) differing += 1;
    }
    process.stdout.write(`  (by hand: ${differing} differing dumps)\n`);
    return performance.now() - started;
  } finally {
    await session.close();
    await database.drop();
  }
}

function upDownUp({ up, down }: Migration): string[] {
  const text = (script: Script | undefined) =>
    script ? script.file.text.slice(script.start, script.end) : "";
  return [text(up), text(down), text(up)];
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
