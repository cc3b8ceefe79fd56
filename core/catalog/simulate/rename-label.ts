import { literal } from "../../sql/literal.ts";
import { type CatalogObject, keyOf } from "../model.ts";
import type { World } from "./world.ts";

/** ALTER TYPE … RENAME VALUE: PostgreSQL keeps a value by its number, and prints its name where it is used. */
export function renameLabel(world: World, type: CatalogObject<"type">, from: string, to: string): void {
  const forms = (label: string) => [
    `${literal(label)}::${type.name}`,
    `CAST(${literal(label)} AS ${type.name})`,
  ];
  const now = forms(to);
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== "string") return value;
    return forms(from).reduce((text, form, index) => text.replaceAll(form, () => now[index] ?? form), value);
  };
  for (const user of [...world.catalog.dependentsOf(keyOf("type", type.name))]) {
    const attributes = Object.entries(user.attributes).map(([name, value]) => [name, renamed(value)]);
    world.catalog.put({ ...user, attributes: Object.fromEntries(attributes) } as CatalogObject);
  }
}
