import { keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { descendants } from "./descendants.ts";
import type { Table } from "./relations.ts";
import type { World } from "./world.ts";

/** 42P07: no table is a partition or an heir of itself, or of what comes from it. True where it fails. */
export function refusesCircle(world: World, parent: Table, child: Table): boolean {
  if (![child, ...descendants(world, child)].some(({ name }) => name === parent.name)) return false;
  const [whole, part] = [plainName(parent.name), plainName(child.name)];
  world.fail({
    reason: "refused",
    key: keyOf("table", child.name),
    condition: "duplicate_table",
    why:
      whole === part
        ? `${part} cannot come from itself`
        : `${whole} comes from ${part}, which cannot come from ${whole} too`,
    help: "name another table",
  });
  return true;
}
