import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Savepoint } from "#core/catalog/catalog.ts";
import { diffSince } from "#core/catalog/diff.ts";
import { CatalogReader } from "#core/postgres/catalog/catalog-reader.ts";
import type { Database, Engine, Session } from "#core/postgres/session.ts";
import { loadParser } from "#core/sql/parse.ts";
import { runStep } from "../corpus/run-step.ts";
import { differingLines, dump } from "./dump.ts";

/** A comparison of two states of the database: before the up and after the down, or after the two ups. */
export interface Compared {
  readonly step: string;
  /** What we say is different. */
  readonly ours: readonly string[];
  /** Lines of the dump that are different. */
  readonly theirs: readonly string[];
}

/** Whether one says that something is different and the other does not. */
export function disagree({ ours, theirs }: Compared): boolean {
  return ours.length > 0 !== theirs.length > 0;
}

/** Compares after each down and each second up of a folder of `<name>.up.sql` and `<name>.down.sql`. */
export async function* compareFolder(
  engine: Engine,
  folder: string,
  prelude: string | undefined,
): AsyncGenerator<Compared> {
  await loadParser();
  const database = await engine.createDatabase();
  const session = await database.connect();
  if (prelude) await session.execute(prelude);
  const watch = await database.connect();
  const reader = await CatalogReader.open({ session: watch, shared: false });
  const state = () => stateOf(engine, database, reader, session);
  try {
    let before = await state();
    for (const { name, up, down } of pairs(folder)) {
      await runStep(session, up);
      const after = await state();
      await runStep(session, down);
      const back = await state();
      yield compare(`${name} down`, reader, before, back);
      await runStep(session, up);
      const again = await state();
      yield compare(`${name} up again`, reader, after, again);
      before = again;
    }
  } finally {
    await session.close();
    await watch.close();
    await database.drop();
  }
}

interface State {
  readonly savepoint: Savepoint;
  readonly dump: readonly string[];
}

async function stateOf(
  engine: Engine,
  database: Database,
  reader: CatalogReader,
  session: Session,
): Promise<State> {
  await reader.readChanges(session);
  return { savepoint: reader.catalog.savepoint(), dump: dump(engine, database) };
}

function compare(step: string, reader: CatalogReader, before: State, after: State): Compared {
  const changes = diffSince(reader.catalog, before.savepoint, "after down", "printed");
  return { step, ours: changes.map(({ words }) => words), theirs: differingLines(before.dump, after.dump) };
}

function pairs(folder: string): { name: string; up: string; down: string }[] {
  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".up.sql"))
    .map((file) => file.slice(0, -".up.sql".length))
    .filter((name) => existsSync(join(folder, `${name}.down.sql`)))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => ({ name, up: text(`${name}.up.sql`), down: text(`${name}.down.sql`) }));
}
