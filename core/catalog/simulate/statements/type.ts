import type { AlterEnumStmt, CreateEnumStmt } from "@pgsql/types";
import { type CatalogObject, keyOf } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { lastPart, qualify } from "../../quote-identifier.ts";
import { schemaOf } from "../../schema-of.ts";
import type { Handlers } from "../handlers.ts";
import { creationName, schemasToSearch, strings } from "../relations.ts";
import { renameLabel } from "../rename-label.ts";
import { schemaDependency } from "../schema-dependency.ts";
import { typeTaken } from "../type-taken.ts";
import type { World } from "../world.ts";
import { createComposite } from "./composite-type.ts";

export const typeHandlers: Handlers = {
  CreateEnumStmt: createEnum,
  AlterEnumStmt: alterEnum,
  CompositeTypeStmt: createComposite,
};

function createEnum(world: World, statement: CreateEnumStmt): void {
  const name = creationName(world, statement.typeName);
  if (typeTaken(world, name)) return;
  world.create({
    kind: "type",
    name,
    attributes: { form: "enum", labels: strings(statement.vals) },
    dependsOn: schemaDependency(world, lastPart(schemaOf({ name }))),
  });
}

function findType(world: World, names: readonly string[]): CatalogObject<"type"> | undefined {
  for (const schema of schemasToSearch(world, names.at(-2))) {
    const found = world.catalog.get("type", qualify(schema, names.at(-1) ?? ""));
    if (found) return found;
  }
  return undefined;
}

function alterEnum(world: World, statement: AlterEnumStmt): void {
  const names = strings(statement.typeName);
  const type = findType(world, names);
  if (!type) {
    const key = keyOf(
      "type",
      qualify(names.at(-2) ?? world.settings.searchPath[0] ?? "public", names.at(-1) ?? ""),
    );
    if (!world.mayAssume(key)) world.fail({ reason: "missing", key });
    return;
  }
  const key = keyOf("type", type.name);
  const labels = [...(type.attributes.labels ?? [])];
  const { oldVal, newVal = "", newValNeighbor } = statement;
  const old = oldVal || newValNeighbor;
  const index = labels.indexOf(old ?? "");
  const refuse = (condition: string, why: string, help: string) =>
    world.fail({ reason: "refused", key, condition, why, help });
  if (old && index < 0) {
    refuse("invalid_parameter_value", `${plainName(type.name)} has no value '${old}'`, valuesOf(labels));
    return;
  }
  if (labels.includes(newVal)) {
    if (statement.skipIfNewValExists) world.skip(key);
    else
      refuse(
        "duplicate_object",
        `${plainName(type.name)} has the value '${newVal}' already`,
        oldVal ? valuesOf(labels) : "leave it out, or write ADD VALUE IF NOT EXISTS",
      );
    return;
  }
  if (oldVal) {
    labels[index] = newVal;
    renameLabel(world, type, oldVal, newVal);
  } else if (newValNeighbor) {
    labels.splice(index + (statement.newValIsAfter ? 1 : 0), 0, newVal);
  } else labels.push(newVal);
  world.alter({ ...type, attributes: { ...type.attributes, labels } });
}

function valuesOf(labels: readonly string[]): string {
  return `it has ${labels.map((label) => `'${label}'`).join(", ")}`;
}
