import { type AccessTexts, accessWords } from "./access-words.ts";
import { differingText } from "./differing-text.ts";
import { nameIn } from "./key-parts.ts";
import type { CatalogObject } from "./model.ts";
import { plainName } from "./plain-name.ts";

/** A sentence stays on one line; what is longer is for the diff to show. */
const longest = 100;

/** In which way one attribute differs. */
export function attributeWords(
  name: string,
  before: unknown,
  after: unknown,
  kind: CatalogObject["kind"],
): string {
  if (name === "privileges") {
    const words = accessWords(kind, before as AccessTexts, after as AccessTexts);
    if (words !== "") return words;
  }
  const flag = flags[name];
  if (flag) return after ? flag[0] : flag[1];
  if (name === "extension")
    return after ? `it belongs to extension ${after}` : `it no longer belongs to extension ${before}`;
  if (name === "enabled") return enabledWords(before, after);
  if (name === "persistence") return `${after ?? "logged"} instead of ${before ?? "logged"}`;
  const label = name.replaceAll(/([A-Z])/g, " $1").toLowerCase();
  const items = itemLabels[name];
  if (items !== undefined) return itemWords(items, list(before), list(after));
  // An operator family without members has an empty definition.
  if (before === "") return attributeWords(name, undefined, after, kind);
  if (after === "") return attributeWords(name, before, undefined, kind);
  const texts = [before, after].filter((value) => value !== undefined).map(shown);
  if (texts.some((text) => text.length > longest || text.includes("\n"))) {
    if (before === undefined) return `${label} is new`;
    if (after === undefined) return `${label} is lost`;
    return partWords(label, shown(before), shown(after)) ?? `${label} is another one`;
  }
  if (before === undefined) return `${labelled(label, shown(after))} is new`;
  if (after === undefined) return `${labelled(label, shown(before))} is lost`;
  const isLong = texts.join("").length > longest;
  const part = name === "definition" && isLong ? partWords(label, shown(before), shown(after)) : undefined;
  if (part !== undefined) return part;
  return `${label} ${shown(after)} instead of ${shown(before)}`;
}

/** What is so or is not: how it is now. */
const flags: Readonly<Record<string, readonly [now: string, nowNot: string]>> = {
  notNull: ["NOT NULL is new", "NOT NULL is lost"],
  rowSecurity: ["row security is on", "row security is off"],
  forceRowSecurity: ["row security is forced", "row security is not forced"],
  invalid: ["invalid instead of valid", "valid instead of invalid"],
  clustered: ["CLUSTER follows it", "CLUSTER does not follow it"],
  unpopulated: ["without data", "with data"],
  inherited: ["inherited", "not inherited"],
  triggersDisabled: ["its triggers are disabled", "its triggers are enabled"],
  cycle: ["CYCLE is new", "CYCLE is lost"],
};

/** Lists of which each item counts by itself, and what one is called. */
const itemLabels: Readonly<Record<string, string>> = {
  options: "option",
  memberOf: "member of",
  dependents: "dependent",
};

/** A trigger or a rule: as ALTER TABLE says it. */
function enabledWords(before: unknown, after: unknown): string {
  if (after === "disabled") return before === undefined ? "disabled instead of enabled" : "disabled";
  if (after !== undefined) return `ENABLE ${String(after).toUpperCase()} is new`;
  return before === "disabled"
    ? "enabled instead of disabled"
    : `ENABLE ${String(before).toUpperCase()} is lost`;
}

function itemWords(label: string, before: readonly string[], after: readonly string[]): string {
  const name = (item: string) => item.replace(/=.*/s, "");
  const lost = before.filter((item) => !after.includes(item));
  const added = after.filter((item) => !before.includes(item));
  const words = added.map((item) => {
    const old = lost.find((it) => name(it) === name(item));
    return old === undefined ? `${label} ${item} is new` : `${label} ${item} instead of ${old}`;
  });
  const replaced = new Set(added.map(name));
  words.push(...lost.filter((item) => !replaced.has(name(item))).map((item) => `${label} ${item} is lost`));
  return words.length > 0 ? words.join(", ") : `${label}s in another order`;
}

/** Of a long text only what is another one, where that is short. */
function partWords(label: string, before: string, after: string): string | undefined {
  const [old, now] = differingText(before, after);
  if (old.length > longest || now.length > longest) return undefined;
  if (old === "" && now === "") return undefined;
  if (old === "") return `${now} is new in the ${label}`;
  if (now === "") return `${old} is lost from the ${label}`;
  return `${now} instead of ${old} in the ${label}`;
}

/** A key says of which kind it is. */
function labelled(label: string, text: string): string {
  return text.startsWith(`${label} `) ? `${label} ${plainName(nameIn(text))}` : `${label} ${text}`;
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function shown(value: unknown): string {
  if (value === true) return "on";
  return Array.isArray(value) ? `(${value.join(", ")})` : String(value);
}
