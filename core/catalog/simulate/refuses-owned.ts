import { accessName } from "../access-list.ts";
import { nameIn, tableOf } from "../key-parts.ts";
import { type CatalogObject, keyOf } from "../model.ts";
import { plainName } from "../plain-name.ts";
import { lastPart, splitQualified } from "../quote-identifier.ts";
import { schemaOf } from "../schema-of.ts";
import { ownerOf } from "./access/access-of.ts";
import type { Table } from "./relations.ts";
import type { World } from "./world.ts";

type Sequence = CatalogObject<"sequence">;

/** 0A000: what a column owns belongs to whom the table belongs, and lives where it lives. True where it fails. */
export function refusesMove(world: World, sequence: Sequence, what: "OWNER TO" | "SET SCHEMA"): boolean {
  const { ownedBy } = sequence.attributes;
  if (ownedBy === undefined) return false;
  const table = plainName(nameIn(tableOf(keyOf("column", ownedBy))));
  const why = `${plainName(sequence.name)} is the sequence of ${plainName(ownedBy)}, and follows ${table}`;
  return refuse(world, sequence, "feature_not_supported", why, `say ${what} for the table`);
}

/** The owner changes only where it is another one. */
export function refusesOwner(world: World, sequence: Sequence, owner: string): boolean {
  return ownerOf(world, sequence) !== accessName(lastPart(owner)) && refusesMove(world, sequence, "OWNER TO");
}

/** OWNED BY: 0A000 for the sequence of an identity, 55000 where owner or schema is another one. */
export function refusesLink(world: World, sequence: Sequence, table: Table | undefined): boolean {
  const name = plainName(sequence.name);
  if (sequence.dependsOn.some(({ type }) => type === "internal"))
    return refuse(
      world,
      sequence,
      "feature_not_supported",
      `${name} is the sequence of an identity column, and stays with it`,
      "leave it out, or DROP IDENTITY",
    );
  if (!table || world.assumed.has(keyOf("table", table.name))) return false;
  const other =
    ownerOf(world, sequence) !== ownerOf(world, table)
      ? ["owner", `ALTER SEQUENCE ${name} OWNER TO ${table.attributes.owner ?? world.user};`]
      : schemaOf(sequence) !== schemaOf(table)
        ? ["schema", `ALTER SEQUENCE ${name} SET SCHEMA ${splitQualified(table.name)[0]};`]
        : undefined;
  if (!other) return false;
  return refuse(
    world,
    sequence,
    "object_not_in_prerequisite_state",
    `${name} has another ${other[0]} than ${plainName(table.name)}, which is to own it`,
    `before it\n  ${other[1]}`,
  );
}

function refuse(world: World, sequence: Sequence, condition: string, why: string, help: string): boolean {
  const key = keyOf("sequence", sequence.name);
  if (world.uncertain.has(key) || world.assumed.has(key)) return false;
  world.fail({ reason: "refused", key, condition, why, help });
  return true;
}
