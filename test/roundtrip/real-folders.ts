import { expect, it } from "vitest";
import { compareWithTruth } from "./compare-with-truth.ts";
import type { EngineHolder } from "./engine-holder.ts";
import explained from "./explained-differences.json" with { type: "json" };
import { corpus, truthFolders } from "./truth.ts";

/** What differs from the truth on one engine, and why. Key: `<folder>/<migration>`. */
interface Explained {
  readonly ours: readonly string[];
  readonly reason: string;
}

/**
 * Every failure that the truth knows is found in the phase it knows it in, and nothing else fails. The truth is from
 * PostgreSQL 15.18 and was made by a script: where we differ, explained-differences.json says why.
 */
export function proveRealFolders(engineName: string, engines: EngineHolder): void {
  if (!corpus) {
    it.skip("real folders (SWITCHBACK_CORPUS is not set)");
    return;
  }
  const root = corpus;
  const known = (explained as Record<string, Record<string, Explained>>)[engineName] ?? {};
  for (const folder of truthFolders(root)) {
    it(`${folder.name}: ${folder.migrations.length} migrations as the truth has them`, async () => {
      const { differences } = await compareWithTruth(root, folder, engines);
      const unexplained = differences.filter(
        ({ migration, ours }) => known[migration]?.ours.join() !== ours.join(),
      );
      const outdated = Object.keys(known).filter(
        (migration) =>
          migration.startsWith(`${folder.name}/`) && !differences.some((it) => it.migration === migration),
      );
      expect({ unexplained, outdated }).toEqual({ unexplained: [], outdated: [] });
    }, 600_000);
  }
}
