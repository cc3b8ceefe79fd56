import { dictionary } from "../sql/dictionary.ts";
import type { ObjectKind } from "./model.ts";

/** What one role gave another: `grantee=rw*U/grantor`, an aclitem of PostgreSQL (manual, 5.8 Privileges). */
export interface AccessItem {
  /** Empty: everybody, PUBLIC. Names as aclitems print them. */
  readonly grantee: string;
  readonly grantor: string;
  /** Letters of the privileges. */
  readonly privileges: ReadonlySet<string>;
  /** Letters of those that may be granted on. */
  readonly options: ReadonlySet<string>;
}

export type AccessList = readonly AccessItem[];

/** Letters of an aclitem in the order in which PostgreSQL prints them (5.8, table 5.1). */
const words: Readonly<Record<string, string>> = dictionary({
  a: "INSERT",
  r: "SELECT",
  w: "UPDATE",
  d: "DELETE",
  D: "TRUNCATE",
  x: "REFERENCES",
  t: "TRIGGER",
  X: "EXECUTE",
  U: "USAGE",
  C: "CREATE",
  T: "TEMPORARY",
  c: "CONNECT",
  s: "SET",
  A: "ALTER SYSTEM",
  m: "MAINTAIN",
});
const order = Object.keys(words);
const letters = new Map([
  ...Object.entries(words).map(([letter, word]) => [word, letter] as const),
  ["TEMP", "T"],
]);

/** `SELECT` for `r`. */
export function privilegeWord(letter: string): string {
  return words[letter] ?? letter;
}

/** `r` for `select`. */
export function privilegeLetter(word: string): string | undefined {
  return letters.get(word.toUpperCase());
}

const relation = (postgres: number) => (postgres >= 17 ? "arwdDxtm" : "arwdDxt");

/** Every privilege that there is on objects of a kind (5.8, table 5.2); empty where there are none. */
export function allPrivileges(kind: ObjectKind, postgres: number): string {
  switch (kind) {
    case "table":
    case "view":
    case "materialized view":
      return relation(postgres);
    case "column":
      return "arwx";
    case "sequence":
      return "rwU";
    case "function":
    case "procedure":
    case "aggregate":
      return "X";
    case "schema":
      return "UC";
    case "language":
    case "type":
    case "domain":
    case "foreign-data wrapper":
    case "server":
      return "U";
    case "tablespace":
      return "C";
    case "large object":
      return "rw";
    default:
      return "";
  }
}

/** What everybody may do with a new object (5.8, table 5.2). */
const publicPrivileges: Readonly<Partial<Record<ObjectKind, string>>> = {
  function: "X",
  procedure: "X",
  aggregate: "X",
  type: "U",
  domain: "U",
  language: "U",
  // Of the database itself.
  setting: "Tc",
};

/** The list that an object has when nothing was granted and nothing revoked, as `acldefault` makes it. */
export function initialAccess(kind: ObjectKind, owner: string, postgres: number): AccessList {
  if (kind === "column") return [];
  const everybody = publicPrivileges[kind];
  return [
    ...(everybody === undefined ? [] : [item("", owner, everybody)]),
    item(owner, owner, allPrivileges(kind, postgres)),
  ];
}

function item(grantee: string, grantor: string, privileges: string): AccessItem {
  return { grantee, grantor, privileges: new Set(privileges), options: new Set() };
}

export function parseAccess(texts: readonly string[]): AccessList {
  return texts.flatMap((text) => {
    const [, grantee, given, grantor] = /^((?:[^="]|"[^"]*")*)=([A-Za-z*]*)\/(.*)$/s.exec(text) ?? [];
    if (grantee === undefined || given === undefined || grantor === undefined) return [];
    const options = [...given.matchAll(/(.)\*/g)].map(([, letter = ""]) => letter);
    return [{ grantee, grantor, privileges: new Set(given.replaceAll("*", "")), options: new Set(options) }];
  });
}

/** Sorted, as the catalog keeps them, so that equal lists are equal texts. */
export function printAccess(list: AccessList): string[] {
  return list.map(printItem).sort();
}

function printItem({ grantee, grantor, privileges, options }: AccessItem): string {
  const given = order
    .filter((letter) => privileges.has(letter) || options.has(letter))
    .map((letter) => (options.has(letter) ? `${letter}*` : letter));
  return `${grantee}=${given.join("")}/${grantor}`;
}

/** A role's name as aclitems print it: other characters than letters, digits and `_` are quoted (putid of acl.c). */
export function accessName(role: string): string {
  return /^\w+$/.test(role) ? role : `"${role.replaceAll('"', '""')}"`;
}

/**
 * What others than the owner may do, by their names; nothing granted and nothing revoked is what a new object of the
 * kind gives to PUBLIC. The owner's own privileges come with the object.
 */
export function grantedToOthers(
  kind: ObjectKind,
  texts: readonly string[] | undefined,
): ReadonlyMap<string, AccessItem> {
  const list = texts ? parseAccess(texts) : initialAccess(kind, "owner", newest);
  const others = new Map<string, AccessItem>();
  for (const item of list) {
    if (item.grantee === item.grantor) continue;
    const name = item.grantee === "" ? "PUBLIC" : item.grantee;
    others.set(name, together(others.get(name), item));
  }
  return others;
}

/** What two grantors gave one role. */
function together(first: AccessItem | undefined, second: AccessItem): AccessItem {
  if (!first) return second;
  const privileges = new Set([...first.privileges, ...second.privileges]);
  return { ...first, privileges, options: new Set([...first.options, ...second.options]) };
}

/** What PUBLIC gets is the same in all versions. */
const newest = 18;
