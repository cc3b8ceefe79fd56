import type { Migration } from "../../migration/model.ts";
import type { RoundTrip } from "../../report/model.ts";
import type { ProvingGround } from "../proving-ground.ts";
import { roundTrip } from "../round-trip.ts";
import type { Limits } from "../run-script.ts";
import { traceScript } from "./trace-script.ts";

/** The round trip with a trace of each script that goes through, made beside it: before the first up, after the last. */
export async function tracedRoundTrip(
  ground: ProvingGround,
  migration: Migration,
  limits: Limits,
): Promise<RoundTrip> {
  const { up, down, refused } = migration;
  if (!up || refused) return roundTrip(ground, migration, limits);
  const rising = await traceScript(ground.stage, up, limits);
  if (!rising.undone) await ground.restore();
  const result = await roundTrip(ground, migration, limits);
  const worked = (phase: "up" | "down") => result.phases.some((it) => it.phase === phase && !it.error);
  if (!worked("up")) return result;
  if (!down || !worked("down")) return { ...result, locks: rising.statements };
  await ground.ready();
  const falling = await traceScript(ground.stage, down, limits);
  if (!falling.undone) await ground.restore();
  return { ...result, locks: [...rising.statements, ...falling.statements] };
}
