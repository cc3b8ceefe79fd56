import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PostgresError } from "#core/postgres/session.ts";
import { differences } from "./same-catalog.ts";
import { fewWays, Watched } from "./ways.ts";

const corpus = process.env.SWITCHBACK_CORPUS;
const someFolders = ["simplebank", "gophersocial"];

/** Folders of `<name>.up.sql` and `<name>.down.sql`. */
function folders(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => readdirSync(join(root, name)).some((file) => file.endsWith(".up.sql")));
}

describe.skipIf(!corpus)("every step of real folders (SWITCHBACK_CORPUS)", () => {
  const root = join(corpus ?? "", "sets");
  // A full read after each of a folder's hundreds of steps takes minutes: all folders are read on the oldest and the
  // newest server, and where reader and migration share one session, some.
  const cases = fewWays
    .filter((way) => way.major === 18 || way.major === 15)
    .flatMap((way) =>
      (corpus ? folders(root) : [])
        .filter((folder) => !way.shared || someFolders.includes(folder))
        .map((folder) => ({ way, folder, on: way.name })),
    );

  it.each(cases)(
    "$folder on $on is read again as it is read in full",
    { timeout: 900_000 },
    async ({ way, folder }) => {
      const prelude = join(corpus ?? "", "prelude", `${folder}.sql`);
      const watched = await Watched.open(way, existsSync(prelude) ? readFileSync(prelude, "utf8") : "");
      try {
        for (const up of readdirSync(join(root, folder))
          .filter((file) => file.endsWith(".up.sql"))
          .sort()) {
          for (const file of [up, up.replace(/\.up\.sql$/, ".down.sql"), up]) {
            const path = join(root, folder, file);
            if (!existsSync(path)) continue;
            await run(watched, readFileSync(path, "utf8"));
            const again = await watched.again();
            expect(differences(await watched.full(), again), file).toEqual([]);
          }
        }
      } finally {
        await watched.stop();
      }
    },
  );
});

/** A migration that fails is a step too. */
async function run(watched: Watched, sql: string): Promise<void> {
  try {
    await watched.run(sql);
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    await watched.migrating.execute("rollback");
  }
}
