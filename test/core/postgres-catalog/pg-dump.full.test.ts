import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { compareFolder, disagree } from "../../../scripts/compare-pg-dump/compare-folder.ts";
import { pgDumpMajor } from "../../../scripts/compare-pg-dump/dump.ts";

const corpus = process.env.SWITCHBACK_CORPUS;
const major = pgDumpMajor();
// All of them: scripts/compare-pg-dump.ts.
const folders = ["agentscan", "authelia", "axon-pos", "gophersocial", "simplebank"];

describe.skipIf(!corpus || !major)("pg_dump and real folders (SWITCHBACK_CORPUS)", () => {
  it.each(folders)("agrees on what is different in %s", { timeout: 300_000 }, async (name) => {
    const prelude = join(corpus ?? "", "prelude", `${name}.sql`);
    const engine = await openEmbedded({ major: major ?? 15 });
    try {
      const disagreements = [];
      const sql = existsSync(prelude) ? readFileSync(prelude, "utf8") : undefined;
      for await (const step of compareFolder(engine, join(corpus ?? "", "sets", name), sql)) {
        if (disagree(step)) disagreements.push(step);
      }
      expect(disagreements).toEqual([]);
    } finally {
      await engine.stop();
    }
  });
});
