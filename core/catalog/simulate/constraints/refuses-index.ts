import { type CatalogObject, keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart } from "../../quote-identifier.ts";
import { hasExpression } from "../made-anew.ts";
import type { Table } from "../relations.ts";
import type { World } from "../world.ts";

/** USING INDEX takes a plain unique index (transformIndexConstraint, src/backend/parser/parse_utilcmd.c). */
export function refusesIndex(world: World, table: Table, index: CatalogObject<"index">): boolean {
  const key = keyOf("index", index.name);
  const name = lastPart(index.name);
  const refuse = (condition: string, why: string, help: string) => {
    world.fail({ reason: "refused", key, condition, why, help });
    return true;
  };
  if (table.attributes.partitionKey !== undefined)
    return refuse(
      "feature_not_supported",
      `the partitioned table ${plainName(table.name)} takes no constraint USING INDEX`,
      "add the constraint ON ONLY it, and attach the indexes of the partitions",
    );
  const unfit = unfitFor(world, table, index);
  if (unfit === undefined) return false;
  return refuse(
    "wrong_object_type",
    `USING INDEX wants a plain unique index, and ${name} ${unfit}`,
    `build one that is: CREATE UNIQUE INDEX CONCURRENTLY … ON ${plainName(table.name)} (…);`,
  );
}

function unfitFor(world: World, table: Table, index: CatalogObject<"index">): string | undefined {
  const { unique, predicate, definition } = index.attributes;
  if (!unique) return "is not unique";
  if (predicate !== undefined) return `holds only rows WHERE ${predicate}`;
  if (!world.assumed.has(keyOf("table", table.name)) && hasExpression(world, table, index))
    return "is over an expression";
  return /\([^()]* (?:DESC|NULLS (?:FIRST|LAST))\b[^()]*\)/.test(definition)
    ? "does not sort as usual"
    : undefined;
}
