import { keyOf } from "../model.ts";
import type { World } from "./world.ts";

/** Types, domains and tables share their names. */
export function typeTaken(world: World, name: string): boolean {
  for (const kind of ["type", "domain", "table", "view"] as const) {
    const key = keyOf(kind, name);
    if (!world.catalog.has(key)) continue;
    world.fail({ reason: "exists", key });
    return true;
  }
  return false;
}
