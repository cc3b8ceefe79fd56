import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import type { Migration, Script } from "#core/migration/model.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { readCatalog } from "#core/postgres/catalog/read-catalog.ts";
import type { Engine, Session } from "#core/postgres/session.ts";
import { runScript } from "#core/roundtrip/run-script.ts";
import { scriptStatements } from "#core/roundtrip/script-statements.ts";
import layoutFolders from "../../test/roundtrip/layout-folders.json" with { type: "json" };
import { type ComparedUp, compareUp } from "./compare-up.ts";
import { targetOf } from "./target-of.ts";

export interface Compared extends ComparedUp {
  /** `river/002_initial_schema` */
  readonly migration: string;
}

/** The next script starts as a new connection would; what the reading has prepared stays. */
const freshSession = "ROLLBACK; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; DISCARD TEMP";

const limits = { timeoutMs: 60_000 };

/** Every up of a folder that PostgreSQL runs. A folder of another database has none. */
export async function* compareFolder(engine: Engine, corpus: string, name: string): AsyncGenerator<Compared> {
  const migrations = migrationsOf(corpus, name);
  if (migrations.length === 0) return;
  const database = await engine.createDatabase();
  const session = await database.connect();
  try {
    const prelude = preludeOf(corpus, name);
    if (prelude !== undefined) await session.execute(prelude);
    const target = await targetOf(session, engine.major);
    let before = await readCatalog(session, { dependencies: true });
    for (const migration of migrations) {
      if (!migration.up) continue;
      const ran = await runs(session, migration.up);
      await session.execute(freshSession);
      const after = await readCatalog(session, { dependencies: true });
      if (ran)
        yield {
          migration: `${name}/${migration.name}`,
          ...compareUp(migration, migration.up, { before, after }, target),
        };
      before = after;
    }
  } finally {
    await session.close();
    await database.drop();
  }
}

function migrationsOf(corpus: string, name: string): readonly Migration[] {
  const path = join(corpus, "sets", name);
  const configured = layoutFolders.find((folder) => folder.name === name && folder.configured);
  const chosen = chooseLayout(configured?.layout ?? "auto", () => detectFolder(path, ""));
  if (!chosen.ok) throw new Error(`${name}: ${chosen.problem}`);
  const folder = readFolder(path, "", chosen.layout);
  if (!folder.ok) throw new Error(`${name}: ${folder.code}`);
  return readMigrations("", folder.files, chosen.layout).migrations;
}

/** What the folder expects to exist. */
function preludeOf(corpus: string, name: string): string | undefined {
  const own = layoutFolders.find((folder) => folder.name === name)?.prelude;
  const path =
    own === undefined
      ? join(corpus, "prelude", `${name}.sql`)
      : join(import.meta.dirname, "../../test/roundtrip/preludes", own);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** As its runner runs it; what may not run in a transaction with others is sent statement by statement. */
async function runs(session: Session, script: Script): Promise<boolean> {
  const whole = await runScript(session, script, limits);
  if (whole.kind !== "failed") return whole.kind === "done";
  await session.execute("ROLLBACK");
  if (whole.error.sqlstate !== "25001" && whole.error.sqlstate !== "55P04") return false;
  for (const { start, end } of scriptStatements(script)) {
    try {
      await session.execute(script.file.text.slice(start, end));
    } catch {
      return false;
    }
  }
  return true;
}
