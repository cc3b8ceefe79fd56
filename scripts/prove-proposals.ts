import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { proposeDown } from "#core/author/down/propose-down.ts";
import type { RealCatalogs } from "#core/author/down/real-catalogs.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { Migration, Script } from "#core/migration/model.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { readCatalog } from "#core/postgres/catalog/read-catalog.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine, Session } from "#core/postgres/session.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";

/**
 * How good are proposed downs? For every real migration whose up runs, the down is thrown away, another is proposed
 * from the up alone, and the round trip judges it. With --real the catalogs around each up are read from PostgreSQL.
 * Usage: prove-proposals.ts [--real] [folder…]; needs SWITCHBACK_CORPUS.
 */
const postgres = 15;
const corpus = process.env.SWITCHBACK_CORPUS;
if (!corpus) throw new Error("SWITCHBACK_CORPUS is not set");

interface Truth {
  readonly layout: string;
  readonly migrations: readonly {
    readonly up?: string;
    readonly up_error?: unknown;
    readonly up_changes?: number;
  }[];
}

await loadParser();
const layout = layouts["golang-migrate"];
if (!layout) throw new Error("no layout");
const args = process.argv.slice(2);
const isReal = args.includes("--real");
const wanted = args.filter((arg) => arg !== "--real");
const names =
  wanted.length > 0 ? wanted : readdirSync(join(corpus, "truth")).map((it) => it.replace(".json", ""));
const total = { proposed: 0, reversible: 0, unparsable: 0 };
for (const name of names) await judge(name);
console.log(
  `\n${total.reversible} of ${total.proposed} proposals reversible (${percent()} %), ${total.unparsable} do not parse`,
);

function percent(): string {
  return ((100 * total.reversible) / Math.max(1, total.proposed)).toFixed(1);
}

async function judge(name: string): Promise<void> {
  const truth: Truth = JSON.parse(readFileSync(join(corpus ?? "", "truth", `${name}.json`), "utf8"));
  const folder = readFolder(join(corpus ?? "", "sets", name), "", layout as NonNullable<typeof layout>);
  if (!folder.ok || truth.layout !== "golang-migrate") return;
  const { migrations } = readMigrations("", folder.files, layout as NonNullable<typeof layout>);
  const runs = new Map(truth.migrations.map((it) => [it.up, it]));
  const proposed = new Map<string, string>();
  const replaced: Migration[] = [];
  const engine = await openEmbedded({ major: postgres });
  const real = isReal ? await realCatalogs(engine, name, migrations) : new Map<Migration, RealCatalogs>();
  for (const migration of migrations)
    replaced.push(await withProposal(migration, migrations, proposed, real.get(migration)));
  let count = 0;
  let good = 0;
  try {
    const reopen = () => openEmbedded({ major: postgres });
    const prelude = preludeOf(name);
    for await (const trip of proveMigrations({
      migrations: replaced,
      layout: "golang-migrate",
      engine,
      reopen,
      timeoutMs: 30_000,
      ...(prelude ? { prelude } : {}),
    })) {
      const migration = migrations.find((it) => it.name === trip.name);
      const known = runs.get(migration?.up?.file.path);
      if (!migration?.up || !known || known.up_error || trip.verdict.status === "up-failed") continue;
      const text = proposed.get(trip.name);
      const onlyComments = parseSql(text ?? "").statements.length === 0;
      count++;
      const changesSchema = (known.up_changes ?? 0) > 0;
      if (
        changesSchema
          ? trip.verdict.status === "reversible" && !onlyComments
          : onlyComments || trip.verdict.status === "reversible"
      ) {
        good++;
        continue;
      }
      console.log(`✗ ${name}/${trip.name}: ${trip.verdict.status}`);
      for (const phase of trip.phases) {
        if (phase.error) console.log(`    ${phase.phase}: ${phase.error.sqlstate} ${phase.error.message}`);
        for (const change of phase.changes.filter((it) => it.class === "real").slice(0, 4))
          console.log(`    ${phase.phase}: ${change.words}`);
      }
    }
  } finally {
    await engine.stop();
  }
  total.proposed += count;
  total.reversible += good;
  console.log(`${name}: ${good} of ${count}`);
}

/** The catalogs around every up, in one walk. Where an up fails as a whole, its statements run one by one. */
async function realCatalogs(
  engine: Engine,
  name: string,
  migrations: readonly Migration[],
): Promise<Map<Migration, RealCatalogs>> {
  const found = new Map<Migration, RealCatalogs>();
  const database = await engine.createDatabase();
  const [session, reader] = [await database.connect(), await database.connect()];
  const read = () => readCatalog(reader, { dependencies: true });
  try {
    const prelude = preludeOf(name);
    if (prelude) await session.execute(prelude.text);
    let before = await read();
    for (const migration of migrations) {
      // As `switchback down` does: where one up failed, the files alone are to be trusted.
      if (!(await runUp(session, migration.up?.file.text ?? ""))) return found;
      const after = await read();
      found.set(migration, { before, after, user: "postgres" });
      before = after;
    }
    return found;
  } finally {
    await session.close();
    await reader.close();
    await database.drop();
  }
}

async function runUp(session: Session, text: string): Promise<boolean> {
  const attempt = async (sql: string) => {
    try {
      await session.execute(sql);
      return true;
    } catch {
      await session.execute("ROLLBACK");
      return false;
    }
  };
  let runs = await attempt(text);
  if (!runs) {
    const statements = parseSql(text).statements;
    runs = statements.length > 0;
    for (const { start, end } of statements) runs = (await attempt(text.slice(start, end))) && runs;
  }
  await session.execute("RESET ALL");
  return runs;
}

async function withProposal(
  migration: Migration,
  migrations: readonly Migration[],
  proposed: Map<string, string>,
  real: RealCatalogs | undefined,
): Promise<Migration> {
  const { up, down: _, ...rest } = migration;
  if (!up) return migration;
  const proposal = await proposeDown(migrations, migration, postgres, real);
  if (!proposal) return { ...rest, up };
  const { text } = proposal;
  proposed.set(migration.name, text);
  const problem = parseSql(text).problem;
  if (problem) {
    total.unparsable++;
    console.log(`! ${migration.name}: ${problem.message}`);
  }
  const down: Script = {
    direction: "down",
    file: { path: up.file.path.replace(".up.", ".down."), text, bom: false },
    start: 0,
    end: text.length,
    execution: up.execution,
  };
  return { ...rest, up, down };
}

function preludeOf(name: string) {
  try {
    const path = join(corpus ?? "", "prelude", `${name}.sql`);
    return { path, text: readFileSync(path, "utf8"), bom: false };
  } catch {
    return undefined;
  }
}
