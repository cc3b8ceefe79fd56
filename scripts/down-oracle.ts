import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Catalog } from "#core/catalog/catalog.ts";
import { diffCatalogs } from "#core/catalog/diff.ts";
import { Simulation } from "#core/catalog/simulate/simulation.ts";
import { parseScript } from "#core/lint/parse-script.ts";
import type { Report } from "#core/lint/rule.ts";
import { downDropsNothing } from "#core/lint/rules/down-drops-nothing.ts";
import { downIncomplete } from "#core/lint/rules/down-incomplete.ts";
import { downOrder } from "#core/lint/rules/down-order.ts";
import { runScript } from "#core/lint/script-run.ts";
import { simulateMigration } from "#core/lint/simulate-migration.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { Migration, Script } from "#core/migration/model.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { readCatalog } from "#core/postgres/catalog/read-catalog.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine, Session } from "#core/postgres/session.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { seededRandom } from "./corpus/seeded-random.ts";
import { withinTransaction } from "./corpus/within-transaction.ts";
import { brokenDowns } from "./down-oracle/broken-downs.ts";

/**
 * How many broken downs do `down-order`, `down-incomplete` and `down-drops-nothing` find, and how often are they wrong? Downs of real pairs
 * that are known to be clean are broken by permuting, deleting and renaming statements; PostgreSQL says which of the
 * results really are broken. Usage: down-oracle.ts [--seed N] [--limit N] [folder…]; needs SWITCHBACK_CORPUS.
 */
const postgres = 15;
const args = process.argv.slice(2);
const seed = Number(option("--seed") ?? 1);
const limit = Number(option("--limit") ?? 6);
const corpus = process.env.SWITCHBACK_CORPUS;
if (!corpus) throw new Error("SWITCHBACK_CORPUS is not set");

interface TruthMigration {
  readonly up?: string;
  readonly up_error?: string;
  readonly down_error?: string;
  readonly reup_error?: string;
  readonly drift_down?: { readonly cls: string };
  readonly drift_reup?: { readonly cls: string };
}
interface Truth {
  readonly layout: string;
  readonly prelude: string | null;
  readonly migrations: readonly TruthMigration[];
}

const total = { clean: 0, falseAlarms: 0, mutants: 0, broken: 0, found: 0, harmless: 0, harmlessFlagged: 0 };
const missed: string[] = [];
const wrong: string[] = [];

await loadParser();
const names =
  args.length > 0 ? args : readdirSync(join(corpus, "truth")).map((file) => file.replace(".json", ""));
const engine = await openEmbedded({ major: postgres });
try {
  for (const name of names) await judgeFolder(engine, name);
} finally {
  await engine.stop();
}
for (const line of wrong) console.log(line);
for (const line of missed) console.log(line);
const recall = (100 * total.found) / Math.max(1, total.broken);
console.log(
  `untouched clean pairs: ${total.clean}, false alarms: ${total.falseAlarms}\n` +
    `mutants: ${total.mutants}, broken on PostgreSQL ${postgres}: ${total.broken}, found: ${total.found} (${recall.toFixed(1)} %)\n` +
    `harmless mutants: ${total.harmless}, flagged all the same: ${total.harmlessFlagged}`,
);

async function judgeFolder(engine: Engine, name: string): Promise<void> {
  const truth: Truth = JSON.parse(readFileSync(join(corpus ?? "", "truth", `${name}.json`), "utf8"));
  const layout = layouts["golang-migrate"];
  if (truth.layout !== "golang-migrate" || !layout) return;
  const folder = readFolder(join(corpus ?? "", "sets", name), "", layout);
  if (!folder.ok) return;
  const { migrations } = readMigrations("", folder.files, layout);
  const known = new Map(truth.migrations.map((migration) => [migration.up, migration]));
  const database = await engine.createDatabase();
  const session = await database.connect();
  const simulation = new Simulation(new Catalog(), { postgres });
  const random = seededRandom(seed);
  try {
    if (truth.prelude) await session.execute(truth.prelude);
    for (const migration of migrations) {
      const facts = known.get(migration.up?.file.path);
      if (migration.up && migration.down && facts && isClean(facts)) {
        total.clean++;
        const said = findings(simulation, migration);
        if (said.length > 0) {
          total.falseAlarms++;
          wrong.push(`false alarm: ${name}/${migration.name}: ${said[0]}`);
        }
        await judgeMutants(session, simulation, name, migration, random);
      }
      if (!migration.up || !(await runs(session, migration.up.file.text, !facts?.up_error))) continue;
      advance(simulation, migration);
    }
  } finally {
    await session.close();
    await database.drop();
  }
}

function isClean(facts: TruthMigration): boolean {
  if (facts.up_error || facts.down_error || facts.reup_error) return false;
  return facts.drift_down?.cls !== "real" && facts.drift_reup?.cls !== "real";
}

async function judgeMutants(
  session: Session,
  simulation: Simulation,
  folder: string,
  migration: Migration,
  random: () => number,
): Promise<void> {
  const { up, down } = migration;
  if (!up || !down || !mayRunInTransaction(up) || !mayRunInTransaction(down)) return;
  const mutants = brokenDowns(down.file.text, random, limit);
  if (mutants.length === 0) return;
  const before = Catalog.of(await readCatalog(session));
  for (const mutant of mutants) {
    const truth = await truthOf(session, before, up.file.text, mutant.text);
    if (truth === undefined) continue;
    total.mutants++;
    const changed = {
      ...migration,
      down: { ...down, end: mutant.text.length, file: { ...down.file, text: mutant.text } },
    };
    const said = findings(simulation, changed);
    if (truth.length > 0) {
      total.broken++;
      if (said.length > 0) total.found++;
      else missed.push(`missed: ${folder}/${migration.name}, ${mutant.change}: ${truth[0]}`);
    } else {
      total.harmless++;
      if (said.length > 0) {
        total.harmlessFlagged++;
        wrong.push(`harmless: ${folder}/${migration.name}, ${mutant.change}: ${said[0]}`);
      }
    }
  }
}

/** What PostgreSQL says of the down: its error, or what differs afterwards. Undefined where the up does not run here. */
async function truthOf(
  session: Session,
  before: Catalog,
  up: string,
  down: string,
): Promise<readonly string[] | undefined> {
  await session.execute("BEGIN");
  try {
    await session.execute(up);
  } catch {
    await session.execute("ROLLBACK");
    return undefined;
  }
  try {
    await session.execute(down);
    const after = Catalog.of(await readCatalog(withinTransaction(session)));
    return diffCatalogs(before, after, "after down", "printed")
      .filter((change) => change.class === "real")
      .map((change) => change.words);
  } catch (error) {
    return [(error as Error).message];
  } finally {
    await session.execute("ROLLBACK");
  }
}

function mayRunInTransaction(script: Script): boolean {
  const { statements, problem } = parseSql(script.file.text);
  if (problem) return false;
  return statements.every((statement) => {
    if (statement.kind === "TransactionStmt" || statement.kind === "VacuumStmt") return false;
    return !/\bCONCURRENTLY\b|\bADD\s+VALUE\b/i.test(script.file.text.slice(statement.start, statement.end));
  });
}

async function runs(session: Session, text: string, should: boolean): Promise<boolean> {
  try {
    await session.execute(text);
    return true;
  } catch {
    await session.execute("ROLLBACK").catch(() => undefined);
    return should && (await runsOneByOne(session, text));
  } finally {
    await session.execute("RESET ALL").catch(() => undefined);
  }
}

/** CONCURRENTLY or a new enum value among other statements: it runs when they are sent one by one. */
async function runsOneByOne(session: Session, text: string): Promise<boolean> {
  try {
    for (const statement of parseSql(text).statements) {
      await session.execute(text.slice(statement.start, statement.end));
    }
    return true;
  } catch {
    return false;
  }
}

function advance(simulation: Simulation, migration: Migration): void {
  if (migration.up) simulate(simulation, migration, migration.up);
}

function simulate(simulation: Simulation, migration: Migration, script: Script) {
  return runScript(simulation, {
    migration,
    script,
    parsed: parseScript(script),
    postgres,
    rules: undefined,
    isNew: () => true,
    report: () => undefined,
  });
}

/** Messages of the two rules on one migration; the simulation is as before afterwards. */
function findings(simulation: Simulation, migration: Migration): string[] {
  const said: string[] = [];
  const context = {
    ...simulateMigration(simulation, migration, postgres, (script) =>
      simulate(simulation, migration, script),
    ),
    // A warning about a drop of nothing is no claim that the down is broken.
    report: (_: Script | undefined, { severity, message }: Report) => {
      if (severity !== "warning") said.push(message);
    },
  };
  downOrder.check.migration?.(context);
  downIncomplete.check.migration?.(context);
  // A misspelt DROP IF EXISTS is told where it stands.
  downDropsNothing.check.migration?.(context);
  simulation.catalog.rollbackTo(context.start);
  return said;
}

function option(name: string): string | undefined {
  const index = args.indexOf(name);
  return index < 0 ? undefined : args.splice(index, 2)[1];
}
