import { readdirSync } from "node:fs";
import { convertFolder } from "#core/author/convert/convert-folder.ts";
import { Catalog } from "#core/catalog/catalog.ts";
import { diffCatalogs } from "#core/catalog/diff.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { Script } from "#core/migration/model.ts";
import { type FolderReading, readMigrations } from "#core/migration/read-migrations.ts";
import { readCatalog } from "#core/postgres/catalog/read-catalog.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { runScript } from "#core/roundtrip/run-script.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { corpusSets, readCorpusFolder } from "./corpus/read-corpus-folder.ts";

/**
 * Every real folder as every other runner spells it, and back: the same statements? With --catalogs the ups of both run
 * on PostgreSQL, and the catalogs that they leave are compared.
 * Usage: convert-real-folders.ts [--catalogs] [folder…]; needs SWITCHBACK_CORPUS.
 */
await loadParser();
const args = process.argv.slice(2);
const withCatalogs = args.includes("--catalogs");
const wanted = args.filter((arg) => !arg.startsWith("--"));
const total = { converted: 0, refused: 0, wrong: 0 };
const reasons = new Map<string, number>();
const engine = withCatalogs ? await openEmbedded({ major: 18 }) : undefined;
try {
  for (const name of wanted.length > 0 ? wanted : readdirSync(corpusSets())) await convertAll(name);
} finally {
  await engine?.stop();
}
console.log(
  `\n${total.converted} conversions there and back, ${total.wrong} wrong; ${total.refused} refused:`,
);
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`  ${count} ${reason}`);

async function convertAll(name: string): Promise<void> {
  const source = readCorpusFolder(name);
  const before = engine && (await catalogAfter(engine, source));
  for (const target of Object.values(layouts)) {
    if (target.name === source.layout.name) continue;
    const there = await converted(source, target);
    if (!there) continue;
    total.converted++;
    const problem = await wrongIn(source, there, before);
    if (problem === undefined) continue;
    total.wrong++;
    console.log(`✗ ${name}: ${source.layout.name} to ${target.name}: ${problem}`);
  }
}

async function converted(source: FolderReading, target: Layout): Promise<FolderReading | undefined> {
  for (const renumber of [false, true]) {
    const result = await convertFolder(source, target, { renumber });
    if (result.ok) {
      const raw = result.files.map(({ name, text }) => ({
        path: name,
        bytes: new TextEncoder().encode(text),
      }));
      return readMigrations("", raw, target);
    }
    if (!renumber) continue;
    total.refused++;
    const [first = ""] = result.problems;
    const reason = first.replaceAll(/\S*\d\S*|\S+\.sql/g, "…");
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return undefined;
}

async function wrongIn(
  source: FolderReading,
  there: FolderReading,
  before: Catalog | undefined,
): Promise<string | undefined> {
  if (statementsOf(there) !== statementsOf(source)) return "other statements";
  // Where a version was no number, the way back counts 1, 2, 3.
  const back = await convertFolder(there, source.layout, {});
  if (!back.ok) return `no way back: ${back.problems[0]}`;
  const raw = back.files.map(({ name, text }) => ({ path: name, bytes: new TextEncoder().encode(text) }));
  if (statementsOf(readMigrations("", raw, source.layout)) !== statementsOf(source)) return "not as it was";
  if (!engine || !before) return undefined;
  const [change] = diffCatalogs(before, await catalogAfter(engine, there), "after down", "printed");
  return change?.words;
}

function statementsOf({ migrations }: FolderReading): string {
  const texts = (script: Script | undefined) => {
    if (!script) return null;
    const { text, statements } = parseSql(script.file.text.slice(script.start, script.end));
    return statements.map(({ start, end }) => text.slice(start, end));
  };
  return JSON.stringify(migrations.map(({ up, down }) => [texts(up), texts(down)]));
}

/** What the ups leave; one that fails leaves what it leaves. */
async function catalogAfter(on: Engine, { migrations }: FolderReading): Promise<Catalog> {
  const database = await on.createDatabase();
  const [session, reader] = [await database.connect(), await database.connect()];
  try {
    for (const { up } of migrations) {
      if (up) await runScript(session, up, { timeoutMs: 60_000 });
      await session.execute("rollback");
      await session.execute("discard all");
    }
    return Catalog.of(await readCatalog(reader, { dependencies: true }));
  } finally {
    await session.close();
    await reader.close();
    await database.drop();
  }
}
