import type { AlterPublicationStmt, Node, PublicationObjSpec, PublicationTable } from "@pgsql/types";
import { type Dependency, keyOf, type ObjectKey } from "../../model.ts";
import { plainName } from "../../plain-name.ts";
import { quoteIdentifier } from "../../quote-identifier.ts";
import { expressionDependencies } from "../expression-dependencies.ts";
import type { Handlers } from "../handlers.ts";
import { optionNamed, optionValue } from "../options.ts";
import {
  isOf,
  isSchema,
  itemsOf,
  memberWord,
  type Publication,
  withoutDetails,
} from "../publication-items.ts";
import { qualifiedSql } from "../qualified-sql.ts";
import { columnKey, columnOf, requireRelation, strings } from "../relations.ts";
import type { World } from "../world.ts";

/** Which tables are published, and what of them. */
export const publicationHandlers: Handlers = {
  CreatePublicationStmt: (world, statement) => {
    const name = quoteIdentifier(statement.pubname ?? "");
    const key = keyOf("publication", name);
    if (world.catalog.has(key)) {
      world.fail({ reason: "exists", key });
      return;
    }
    const members = membersOf(world, statement.pubobjects ?? []);
    if (world.failed) return;
    const settings = withOptions(usual, statement.options ?? []);
    const all = statement.for_all_tables === true ? ["FOR ALL TABLES"] : [];
    world.create(publication(name, {}, [...all, ...textsOf(members)], settings, linksOf(members)));
  },
  AlterPublicationStmt: alterPublication,
};

/** `PUBLISH …` and what stands behind it. */
const usual = ["PUBLISH insert+update+delete+truncate"];

function alterPublication(world: World, statement: AlterPublicationStmt): void {
  const name = quoteIdentifier(statement.pubname ?? "");
  const key = keyOf("publication", name);
  const found = world.catalog.get("publication", name);
  if (!found) {
    if (world.mayAssume(key)) world.assumed.add(key);
    else if (!world.assumed.has(key)) world.fail({ reason: "missing", key });
    return;
  }
  const items = itemsOf(found);
  const had = items.filter((item) => !isSetting(item));
  const settings = withOptions(items.filter(isSetting), statement.options ?? []);
  const members = membersOf(world, statement.pubobjects ?? []);
  if (world.failed) return;
  const named = new Set(members.map(({ on }) => memberWord(on)));
  const isNamed = (item: string) => named.has(withoutDetails(item));
  const others = had.filter((item) => !isNamed(item));
  const otherLinks = found.dependsOn.filter(({ on }) => !members.some((member) => isOf(member.on, on)));
  if (!statement.pubobjects?.length) world.alter(publication(name, found, had, settings, found.dependsOn));
  else if (statement.action === "AP_SetObjects") {
    const whole = had.filter((item) => item === "FOR ALL TABLES");
    world.alter(publication(name, found, [...whole, ...textsOf(members)], settings, linksOf(members)));
  } else if (statement.action === "AP_DropObjects") {
    const stranger = members.find(({ on }) => !had.some((item) => withoutDetails(item) === memberWord(on)));
    if (stranger) refuse(world, key, "undefined_object", `${plain(stranger.on)} is not in ${plain(key)}`);
    else world.alter(publication(name, found, others, settings, otherLinks));
  } else {
    const twice = members.find(({ on }) => had.some((item) => withoutDetails(item) === memberWord(on)));
    if (twice) refuse(world, key, "duplicate_object", `${plain(twice.on)} is in ${plain(key)} already`);
    else {
      const links = [...otherLinks, ...linksOf(members)];
      world.alter(publication(name, found, [...had, ...textsOf(members)], settings, links));
    }
  }
}

function refuse(world: World, key: ObjectKey, condition: string, why: string): void {
  world.fail({
    reason: "refused",
    key,
    condition,
    why,
    help: "let the down take back what the up did to it, and no more",
  });
}

function plain(key: ObjectKey): string {
  const space = key.indexOf(" ");
  return `${key.slice(0, space)} ${plainName(key.slice(space + 1))}`;
}

/** As it is read from the catalog: members in the order of their names, and then what is published of them. */
function publication(
  name: string,
  former: Partial<Publication>,
  members: readonly string[],
  settings: readonly string[],
  dependsOn: readonly Dependency[],
): Publication {
  const whole = members.filter((item) => item === "FOR ALL TABLES");
  const schemas = members.filter(isSchema).sort();
  const tables = members.filter((item) => item.startsWith("TABLE ")).sort();
  const definition = [...whole, ...tables, ...schemas, ...settings].join(", ");
  return {
    ...former,
    kind: "publication",
    name,
    attributes: { ...former.attributes, definition },
    dependsOn,
  };
}

interface Member {
  readonly on: ObjectKey;
  /** Of the table, in the list and in the condition. */
  readonly columns: readonly ObjectKey[];
  /** `TABLE public.users (id) WHERE (id > 5)` */
  readonly text: string;
}

function textsOf(members: readonly Member[]): string[] {
  return members.map(({ text }) => text);
}

function linksOf(members: readonly Member[]): Dependency[] {
  return members.flatMap(({ on, columns }) => [
    { on, type: "auto", part: "member" },
    ...columns.map((column): Dependency => ({ on: column, type: "normal", part: "member" })),
  ]);
}

function membersOf(world: World, nodes: readonly Node[]): Member[] {
  let last: PublicationObjSpec["pubobjtype"];
  return nodes.flatMap((node): Member[] => {
    if (!("PublicationObjSpec" in node)) return [];
    const { pubobjtype, name, pubtable } = node.PublicationObjSpec;
    // `TABLE a, b`: what follows is as the one before it.
    const type = pubobjtype === "PUBLICATIONOBJ_CONTINUATION" ? last : pubobjtype;
    last = type;
    if (pubtable) return tableMember(world, pubtable);
    const current = type === "PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA";
    const schema = quoteIdentifier(current ? (world.settings.searchPath[0] ?? "public") : (name ?? ""));
    if (type === "PUBLICATIONOBJ_TABLE") return tableMember(world, { relation: { relname: name ?? "" } });
    const on = keyOf("schema", schema);
    return [{ on, columns: [], text: memberWord(on) }];
  });
}

function tableMember(world: World, { relation, whereClause, columns }: PublicationTable): Member[] {
  const table = relation && requireRelation(world, relation, ["table"]);
  if (!table) return [];
  const on = keyOf("table", table.name);
  world.lock(on, "SHARE UPDATE EXCLUSIVE");
  const place = (column: string) => columnOf(world, table, column)?.position ?? 0;
  const names = strings(columns).sort((a, b) => place(a) - place(b));
  const list = names.length > 0 ? ` (${names.map(quoteIdentifier).join(", ")})` : "";
  const where = whereClause ? ` WHERE (${qualifiedSql(world, whereClause)})` : "";
  const used = [
    ...names.map((name) => columnKey(table, name)),
    ...expressionDependencies(world, whereClause, table).dependsOn.map((link) => link.on),
  ].filter((key) => key.startsWith("column ") && world.catalog.has(key));
  return [{ on, columns: [...new Set(used)], text: memberWord(on) + list + where }];
}

function isSetting(item: string): boolean {
  return /^(?:PUBLISH |VIA ROOT$|GENERATED COLUMNS )/.test(item);
}

const actions = ["insert", "update", "delete", "truncate"];

function withOptions(settings: readonly string[], nodes: readonly Node[]): string[] {
  const value = (name: string) => {
    const node = nodes.some((it) => "DefElem" in it && it.DefElem.defname === name);
    return node ? optionValue(optionNamed(nodes, name)) : undefined;
  };
  const published = value("publish")
    ?.split(",")
    .map((word) => word.trim().toLowerCase());
  const root = value("publish_via_partition_root");
  const generated = value("publish_generated_columns");
  const kept = (start: string, changes: string | undefined) =>
    changes === undefined ? settings.filter((item) => item.startsWith(start)) : [];
  return [
    ...kept("PUBLISH ", published?.join()),
    ...(published ? [`PUBLISH ${actions.filter((action) => published.includes(action)).join("+")}`] : []),
    ...kept("VIA ROOT", root),
    ...(root !== undefined && /^(?:true|on|1)$/i.test(root) ? ["VIA ROOT"] : []),
    ...kept("GENERATED COLUMNS ", generated),
    ...(generated?.toLowerCase() === "stored" ? ["GENERATED COLUMNS stored"] : []),
  ];
}
