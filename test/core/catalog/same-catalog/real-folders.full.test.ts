import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { loadParser } from "#core/sql/parse.ts";
import { compareFolder } from "../../../../scripts/simulated-against-real/compare-folder.ts";
import explained from "./explained.json" with { type: "json" };

const corpus = process.env.SWITCHBACK_CORPUS ?? "";

/** Hundreds of migrations each: scripts/simulated-against-real.ts measures them too. */
const large = new Set(["openmeter", "crates-io", "goose-hatchet", "sqlmigrate-goalert", "mattermost"]);

/** Why the simulated catalog is another one after these migrations. */
const known: Readonly<Record<string, string>> = explained;

describe("the catalog after each up of a real folder is the simulated one", () => {
  if (corpus === "") {
    it.skip("real folders (SWITCHBACK_CORPUS is not set)");
    return;
  }
  beforeAll(loadParser);
  const folders = readdirSync(join(corpus, "sets")).filter((name) => !large.has(name));

  it.each(folders)("%s", async (name) => {
    // Roles outlive a database: each folder has a server of its own.
    const engine = await openEmbedded({ major: 15 });
    try {
      const differing: string[] = [];
      for await (const { migration, differences } of compareFolder(engine, corpus, name)) {
        if (differences.length > 0) differing.push(migration);
      }
      expect(differing).toEqual(Object.keys(known).filter((migration) => migration.startsWith(`${name}/`)));
    } finally {
      await engine.stop();
    }
  });
});
