import type { CatalogObject } from "../../../catalog/model.ts";
import { itemsOf } from "../../../catalog/simulate/publication-items.ts";
import { exact, type ProposedStatement } from "./proposed.ts";

type Publication = CatalogObject<"publication">;

export function createPublication(publication: Publication): string {
  const { members, settings } = partsOf(publication);
  return [
    `CREATE PUBLICATION ${publication.name}`,
    members.includes(everything) ? everything : members.length > 0 && `FOR ${members.join(", ")}`,
    `WITH (${settings.join(", ")})`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** Takes out what was added, puts back what was taken, and publishes the former operations. */
export function alterPublication(now: Publication, before: Publication): ProposedStatement[] {
  const [is, was] = [partsOf(now), partsOf(before)];
  const alter = `ALTER PUBLICATION ${before.name}`;
  const added = is.members.filter((member) => !was.members.includes(member));
  const taken = was.members.filter((member) => !is.members.includes(member));
  const changed = was.settings.filter((setting) => !is.settings.includes(setting));
  return [
    ...(added.length > 0 ? [`${alter} DROP ${added.map(bare).join(", ")}`] : []),
    ...(taken.length > 0 ? [`${alter} ADD ${taken.join(", ")}`] : []),
    ...(changed.length > 0 ? [`${alter} SET (${changed.join(", ")})`] : []),
  ].map(exact);
}

const everything = "FOR ALL TABLES";

/** As the catalog has it: its members, and what is published of them. */
function partsOf(publication: Publication): { members: readonly string[]; settings: readonly string[] } {
  const members: string[] = [];
  let operations = "";
  let root = false;
  let generated: string | undefined;
  for (const item of itemsOf(publication)) {
    if (item.startsWith("PUBLISH ")) operations = item.slice("PUBLISH ".length).replaceAll("+", ", ");
    else if (item === "VIA ROOT") root = true;
    else if (item.startsWith("GENERATED COLUMNS ")) generated = item.slice("GENERATED COLUMNS ".length);
    else members.push(item);
  }
  const settings = [
    `publish = '${operations}'`,
    `publish_via_partition_root = ${root}`,
    ...(generated === undefined ? [] : [`publish_generated_columns = ${generated}`]),
  ];
  return { members, settings };
}

/** DROP names a table without its columns and rows. */
function bare(member: string): string {
  return member.startsWith("TABLE ") ? member.replace(/ (?:\(|WHERE ).*$/s, "") : member;
}
