import type { CatalogObject, ObjectKey } from "../model.ts";

export type Publication = CatalogObject<"publication">;

/** Members and settings. Commas inside parentheses and strings belong to a member. */
export function itemsOf({ attributes: { definition } }: Publication): string[] {
  const items: string[] = [];
  let depth = 0;
  let item = "";
  for (const part of definition.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|, |[\s\S]/g) ?? []) {
    if (part === "(") depth++;
    if (part === ")") depth--;
    if (part === ", " && depth === 0) {
      items.push(item);
      item = "";
    } else item += part;
  }
  return [...items, item];
}

/** The publication without a table or schema that is dropped. */
export function withoutMember(found: Publication, member: ObjectKey): Publication {
  const items = itemsOf(found).filter((item) => withoutDetails(item) !== memberWord(member));
  const dependsOn = found.dependsOn.filter(({ on }) => !isOf(member, on));
  return { ...found, attributes: { ...found.attributes, definition: items.join(", ") }, dependsOn };
}

/** The member, or a column of it. */
export function isOf(member: ObjectKey, key: ObjectKey): boolean {
  return key === member || key.startsWith(`${member.replace("table ", "column ")}.`);
}

/** How the definition lists a table or schema. */
export function memberWord(on: ObjectKey): string {
  return on.startsWith("schema ")
    ? `TABLES IN SCHEMA ${on.slice("schema ".length)}`
    : on.replace("table ", "TABLE ");
}

/** The member without its columns and rows. */
export function withoutDetails(item: string): string {
  return isSchema(item) ? item : item.replace(/ (?:\(|WHERE ).*$/s, "");
}

export function isSchema(item: string): boolean {
  return item.startsWith("TABLES IN SCHEMA ");
}
