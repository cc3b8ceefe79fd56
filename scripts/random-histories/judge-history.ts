import { proposeDown } from "#core/author/down/propose-down.ts";
import { Catalog } from "#core/catalog/catalog.ts";
import { diffCatalogs } from "#core/catalog/diff.ts";
import type { CatalogObject } from "#core/catalog/model.ts";
import type { SimulationOptions } from "#core/catalog/simulate/simulation.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Migration } from "#core/migration/model.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { CatalogReader } from "#core/postgres/catalog/catalog-reader.ts";
import { readCatalog } from "#core/postgres/catalog/read-catalog.ts";
import { type Engine, PostgresError, type Session } from "#core/postgres/session.ts";
import { seededRandom } from "../corpus/seeded-random.ts";
import { withinTransaction } from "../corpus/within-transaction.ts";
import { compareUp } from "../simulated-against-real/compare-up.ts";
import { describeDifference } from "../simulated-against-real/differences.ts";
import { targetOf } from "../simulated-against-real/target-of.ts";
import { judgeLocks } from "./judge-locks.ts";
import { Pen } from "./pen.ts";
import { randomStatement } from "./random-statement.ts";
import { roles } from "./templates/words.ts";

/** What was found on one migration of a history; nothing, where all is as it should be. */
export interface Judged {
  readonly up: string;
  readonly findings: readonly string[];
  /** Not followed by the simulation, or not to be undone without a person. */
  readonly leftOut: readonly ("simulation" | "down")[];
}

/** Statements of a migration. */
const most = 6;
const withDependencies = { dependencies: true } as const;

/**
 * A history of random migrations, each of statements that PostgreSQL takes, and four questions to each: does it take the
 * locks that are foreseen, is the simulated catalog the real one, does reading what changed lead to what is there, does
 * the proposed down lead back?
 */
export async function* judgeHistory(engine: Engine, seed: number, length: number): AsyncGenerator<Judged> {
  const database = await engine.createDatabase();
  const session = await database.connect();
  const watch = await database.connect();
  try {
    await makeRoles(session);
    const target = await targetOf(session, engine.major);
    let before = await readCatalog(session, withDependencies);
    const pen = new Pen(seededRandom(seed), Catalog.of(before));
    const reader = await CatalogReader.open({ session: watch, shared: false });
    for (let n = 0; n < length; n++) {
      pen.catalog = Catalog.of(before);
      const up = await writeUp(session, pen);
      const migration = migrationOf(up);
      const script = migration.up;
      if (up === "" || !script) continue;
      const locks = await judgeLocks({ runner: session, watch }, migration, script, before, target);
      if (!(await runs(session, up))) continue;
      const after = await readCatalog(session, withDependencies);
      const around = { before, after, user: target.user ?? "" };
      const simulated = compareUp(migration, script, around, target);
      await reader.readChanges(session, [up]);
      const down = await tryDown(session, migration, around, target);
      yield {
        up,
        findings: [
          ...locks,
          ...simulated.differences.map((it) => `simulated otherwise: ${describeDifference(it)}`),
          ...readAgain(reader, after),
          ...(down ?? []),
        ],
        leftOut: [
          ...(simulated.notAnalysed.length > 0 ? ["simulation" as const] : []),
          ...(down ? [] : ["down" as const]),
        ],
      };
      before = after;
    }
  } finally {
    await session.close();
    await watch.close();
    await database.drop();
  }
}

interface Around {
  readonly before: readonly CatalogObject[];
  readonly after: readonly CatalogObject[];
  readonly user: string;
}

/** Statements that follow on each other; none of them is left in the database. */
async function writeUp(session: Session, pen: Pen): Promise<string> {
  const statements: string[] = [];
  const wanted = 1 + pen.number(most);
  await session.execute("BEGIN");
  for (let tries = 0; tries < 3 * most && statements.length < wanted; tries++) {
    const sql = randomStatement(pen);
    if (sql === undefined) continue;
    await session.execute("SAVEPOINT one");
    if (!(await takes(session, sql))) {
      await session.execute("ROLLBACK TO one");
      continue;
    }
    statements.push(sql);
    pen.catalog = Catalog.of(await readCatalog(withinTransaction(session), withDependencies));
  }
  await session.execute("ROLLBACK");
  return statements.map((sql) => `${sql};\n`).join("");
}

async function takes(session: Session, sql: string): Promise<boolean> {
  try {
    await session.execute(sql);
    return true;
  } catch (error) {
    if (error instanceof PostgresError) return false;
    throw error;
  }
}

/** As one transaction: a new enum value cannot be used in it, for one. */
async function runs(session: Session, up: string): Promise<boolean> {
  if (await takes(session, up)) return true;
  await session.execute("ROLLBACK");
  return false;
}

function readAgain(reader: CatalogReader, after: readonly CatalogObject[]): string[] {
  return diffCatalogs(Catalog.of(after), reader.catalog, "after down", "printed").map(
    ({ words }) => `read otherwise: ${words}`,
  );
}

/** Undefined where the proposal says that something cannot be undone. */
async function tryDown(
  session: Session,
  migration: Migration,
  around: Around,
  { postgres }: SimulationOptions,
): Promise<string[] | undefined> {
  const proposed = await proposeDown([migration], migration, postgres, around);
  if (!proposed || proposed.notes.length > 0) return undefined;
  await session.execute("BEGIN");
  try {
    await session.execute(proposed.text);
    const back = Catalog.of(await readCatalog(withinTransaction(session)));
    return diffCatalogs(Catalog.of(around.before), back, "after down", "printed")
      .filter((change) => change.class === "real")
      .map((change) => `the proposed down leaves: ${change.words}\n${proposed.text}`);
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    return [`the proposed down fails: ${error.message}\n${proposed.text}`];
  } finally {
    await session.execute("ROLLBACK");
  }
}

function migrationOf(up: string): Migration {
  const files = [{ path: "1_random.up.sql", bytes: new TextEncoder().encode(up) }];
  const [migration] = readMigrations("", files, golangMigrate).migrations;
  if (!migration) throw new Error("a folder without a migration");
  return migration;
}

/** They outlive the database. */
async function makeRoles(session: Session): Promise<void> {
  for (const role of roles) await takes(session, `CREATE ROLE ${role}`);
}
