import { escapePattern } from "../../sql/escape-pattern.ts";
import { accessName } from "../access-list.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../model.ts";
import { lastPart, quoteIdentifier } from "../quote-identifier.ts";
import { itemsOf, withoutDetails } from "./publication-items.ts";
import { identifiedBy } from "./replica-identity.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** Attributes that list columns, by object kind; an index may have expressions over them instead. */
const columnLists: Readonly<Partial<Record<CatalogObject["kind"], readonly string[]>>> = {
  constraint: ["columns", "referencedColumns"],
  index: ["columns", "include"],
};

/** Attributes with SQL in them, in which names are replaced word by word. */
const sqlTexts = [
  "definition",
  "default",
  "generated",
  "predicate",
  "using",
  "check",
  "partitionKey",
  "type",
  "returns",
];

/** Attributes that hold one name or key. */
const references = ["references", "constraint", "ownedBy", "partitionOf", "ofType", "function"];

/** What an object says about others, after those were renamed. */
export function renameInAttributes(
  object: CatalogObject,
  moves: ReadonlyMap<ObjectKey, ObjectKey>,
): CatalogObject {
  let attributes: Attributes = object.attributes;
  for (const [from, to] of moves) {
    const kind = from.slice(0, from.indexOf(" ", kindLength(from)));
    const oldName = from.slice(kind.length + 1);
    const newName = to.slice(kind.length + 1);
    attributes =
      kind === "column"
        ? renameColumn(object, attributes, oldName, newName)
        : renameQualified(attributes, oldName, newName, from, to);
  }
  return { ...object, attributes } as CatalogObject;
}

/** Kinds of two words end at their second space. */
function kindLength(key: ObjectKey): number {
  const two = /^(materialized view|event trigger|default privileges|operator (?:class|family)) /.exec(key);
  return two?.[1]?.length ?? 0;
}

function renameQualified(
  attributes: Attributes,
  oldName: string,
  newName: string,
  from: string,
  to: string,
): Attributes {
  const out: Record<string, unknown> = { ...attributes };
  for (const name of references) {
    if (out[name] === oldName) out[name] = newName;
    else if (out[name] === from) out[name] = to;
  }
  if (Array.isArray(out.inherits))
    out.inherits = out.inherits.map((name) => (name === oldName ? newName : name));
  if (from.startsWith("index ") && out.replicaIdentity === identifiedBy(oldName))
    out.replicaIdentity = identifiedBy(newName);
  // A call says no types of arguments.
  const named = (name: string) => (from.startsWith("function ") ? name.slice(0, name.indexOf("(")) : name);
  for (const name of sqlTexts) {
    const text = out[name];
    if (typeof text === "string") out[name] = replaceName(text, named(oldName), named(newName));
  }
  // An index over an expression has that among its columns.
  if (Array.isArray(out.columns))
    out.columns = out.columns.map((text) => replaceName(text, named(oldName), named(newName)));
  return from.startsWith("role ") ? { ...out, ...renameRole(attributes, oldName, newName) } : out;
}

/** Who owns an object, whom a policy is for, and who was granted what by whom: `reader=r/app`. */
function renameRole(attributes: Attributes, oldName: string, newName: string): Attributes {
  const now = (name: unknown) => (name === oldName ? newName : name);
  const [was, is] = [oldName, newName].map((name) => accessName(lastPart(name)));
  const listed = (name: string | undefined) => (name === was ? is : name);
  const { owner, roles, privileges } = attributes;
  return {
    ...(owner !== undefined && { owner: now(owner) }),
    ...(Array.isArray(roles) && { roles: roles.map(now).sort() }),
    ...(Array.isArray(privileges) && {
      privileges: privileges
        .map((item: string) => {
          const [, grantee, rights, grantor] = /^(.*?)(=[^/]*\/)(.*)$/s.exec(item) ?? [];
          return rights === undefined ? item : `${listed(grantee)}${rights}${listed(grantor)}`;
        })
        .sort(),
    }),
  };
}

function renameColumn(
  object: CatalogObject,
  attributes: Attributes,
  oldName: string,
  newName: string,
): Attributes {
  const table = oldName.slice(0, oldName.lastIndexOf("."));
  const from = quoteIdentifier(lastPart(oldName));
  const to = quoteIdentifier(lastPart(newName));
  const own =
    object.parent === `table ${table}` ||
    // The key of a partitioned table, and statistics, which are no part of their table.
    (object.kind === "table" && object.name === table) ||
    (object.kind === "statistics" && object.dependsOn.some(({ on }) => on === keyOf("column", oldName)));
  const referenced = "references" in attributes && attributes.references === table;
  if (object.kind === "publication") {
    const now = (item: string) =>
      withoutDetails(item) === `TABLE ${table}`
        ? `TABLE ${table}${replaceName(item.slice(6 + table.length), from, to)}`
        : item;
    return {
      ...attributes,
      definition: itemsOf({ ...object, attributes } as CatalogObject<"publication">)
        .map(now)
        .join(", "),
    };
  }
  if (!own && !referenced)
    return attributes.ownedBy === oldName ? { ...attributes, ownedBy: newName } : attributes;
  const out: Record<string, unknown> = { ...attributes };
  for (const list of columnLists[object.kind] ?? []) {
    if (list === "referencedColumns" ? !referenced : !own) continue;
    const values = out[list];
    if (Array.isArray(values)) out[list] = values.map((value) => replaceName(value, from, to));
  }
  if (object.kind === "constraint" && object.attributes.type === "foreign key") {
    out.definition = renameInForeignKey(String(out.definition), from, to, own, referenced);
    return out;
  }
  if (!own) return out;
  for (const name of sqlTexts) {
    const text = out[name];
    if (typeof text === "string" && name !== "type") out[name] = replaceColumn(text, from, to);
  }
  return out;
}

/** A trigger and a rule name the columns of their rows: `new.email`. */
function replaceColumn(text: string, from: string, to: string): string {
  return ["", "new.", "old."].reduce((it, row) => replaceName(it, row + from, row + to), text);
}

/** The two column lists of a foreign key belong to two tables. */
function renameInForeignKey(
  text: string,
  from: string,
  to: string,
  own: boolean,
  referenced: boolean,
): string {
  const split = text.indexOf(" REFERENCES ");
  const left = text.slice(0, split);
  const right = text.slice(split);
  const open = right.indexOf("(");
  return (
    (own ? replaceName(left, from, to) : left) +
    (referenced && open >= 0 ? right.slice(0, open) + replaceName(right.slice(open), from, to) : right)
  );
}

/** Replaces a name where it stands as a whole, outside of string literals and of bodies that are strings. */
export function replaceName(text: string, from: string, to: string): string {
  if (!text.includes(from)) return text;
  const word = new RegExp(
    `'(?:[^']|'')*'(?!::regclass| AS regclass)|\\$(\\w+)\\$[\\s\\S]*?\\$\\1\\$|(?<![\\w".$])${escapePattern(from)}(?![\\w"$])`,
    "g",
  );
  return text.replaceAll(word, (match) => (/^['$]/.test(match) ? match : to));
}
