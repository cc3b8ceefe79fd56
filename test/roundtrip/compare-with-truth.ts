import { join } from "node:path";
import type { RoundTrip } from "#core/report/model.ts";
import type { EngineHolder } from "./engine-holder.ts";
import { proveFolder } from "./prove-folder.ts";
import { failuresIn, failuresOf, type TruthFolder } from "./truth.ts";

export interface Difference {
  /** `openmeter/20240826120919_init` */
  readonly migration: string;
  readonly truth: readonly string[];
  readonly ours: readonly string[];
}

/** Proves a folder and lists every migration whose failures are not those of the truth. */
export async function compareWithTruth(
  root: string,
  folder: TruthFolder,
  engines: EngineHolder,
): Promise<{ differences: Difference[]; roundTrips: readonly RoundTrip[] }> {
  const { roundTrips, preludeError } = await proveFolder(join(root, "sets", folder.name), engines, {
    ...(folder.prelude ? { prelude: folder.prelude } : {}),
  });
  if (preludeError) throw new Error(`the prelude of ${folder.name} fails: ${preludeError.message}`);
  const byName = new Map(roundTrips.map((trip) => [trip.name, trip]));
  const differences: Difference[] = [];
  for (const migration of folder.migrations) {
    const trip = byName.get(migration.id);
    const truth = failuresOf(migration);
    const ours = trip ? failuresIn(trip) : ["not proved"];
    if (truth.join() !== ours.join()) {
      differences.push({ migration: `${folder.name}/${migration.id}`, truth, ours });
    }
  }
  return { differences, roundTrips };
}
