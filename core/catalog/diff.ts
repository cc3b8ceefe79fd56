import type { Change } from "../report/model.ts";
import { bareObject } from "./bare-object.ts";
import type { Catalog, Savepoint } from "./catalog.ts";
import { classOfChange } from "./change-class.ts";
import { type Moment, wordsOf } from "./change-words.ts";
import { definitionOf } from "./definition.ts";
import { differingAttributes, type Texts } from "./differing-attributes.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "./model.ts";
import type { Pair } from "./pair.ts";
import { plainName } from "./plain-name.ts";
import { lastPart } from "./quote-identifier.ts";
import { renames } from "./renamed-pairs.ts";

/** Differences between two catalogs, one per thing a person would name: the parts of a missing table are not listed. */
export function diffCatalogs(before: Catalog, after: Catalog, moment: Moment, texts?: Texts): Change[] {
  return diffPairs(pairsOf(before, after), moment, texts);
}

/** Differences since a savepoint; costs what was changed, not what there is. */
export function diffSince(catalog: Catalog, savepoint: Savepoint, moment: Moment, texts?: Texts): Change[] {
  const pairs: Pair[] = [];
  for (const [key, before] of catalog.since(savepoint)) pairs.push({ key, before, after: catalog.at(key) });
  return diffPairs(pairs, moment, texts);
}

function* pairsOf(before: Catalog, after: Catalog): Generator<Pair> {
  for (const object of before.objects()) {
    const key = keyOf(object.kind, object.name);
    yield { key, before: object, after: after.at(key) };
  }
  for (const object of after.objects()) {
    const key = keyOf(object.kind, object.name);
    if (!before.has(key)) yield { key, before: undefined, after: object };
  }
}

/** Like `diffCatalogs`, for pairs that may differ; the others need not be given. */
export function diffPairs(pairs: Iterable<Pair>, moment: Moment, texts: Texts = "written"): Change[] {
  const differing: DifferingPair[] = [];
  for (const pair of pairs) {
    const different = comparePair(pair, texts);
    if (different) differing.push(different);
  }
  const gone = new Set(differing.filter((pair) => !pair.after).map((pair) => pair.key));
  const left = new Set(differing.filter((pair) => !pair.before).map((pair) => pair.key));
  const renamed = renames(differing, texts);
  const changes: Change[] = [];
  for (const pair of differing) {
    const object = pair.before ?? pair.after;
    if (!object) continue;
    const whole = pair.before ? (pair.after ? undefined : gone) : left;
    if (whole && isPartOf(object, whole)) continue;
    const other = renamed.get(pair.key);
    if (other && !pair.before) continue;
    const same = other ? pair : comparePair(withBareObject(pair), texts);
    if (same) changes.push(other ? renameChange(pair, other, moment) : change(same, moment));
  }
  return changes;
}

type DifferingPair = Pair & { readonly attributes: readonly string[] };

/** Undefined where both are the same. */
function comparePair(pair: Pair, texts: Texts): DifferingPair | undefined {
  const { before, after } = pair;
  if (!before && !after) return undefined;
  if (!before || !after) return { ...pair, attributes: [] };
  const attributes = differingAttributes(before, after, texts);
  return attributes.length > 0 || before.position !== after.position ? { ...pair, attributes } : undefined;
}

/** Where what it is part of is not missing, such an object is there on both sides, on one of them bare. */
function withBareObject(pair: Pair): Pair {
  const { before, after } = pair;
  const bare = bareObject(before ?? after);
  return bare && !(before && after) ? { ...pair, before: before ?? bare, after: after ?? bare } : pair;
}

/** Is the object's whole missing or left too? Then one sentence says it all. */
function isPartOf(object: CatalogObject, keys: ReadonlySet<ObjectKey>): boolean {
  return wholesOf(object).some((whole) => keys.has(whole));
}

/** What the object comes and goes with. */
export function wholesOf(object: CatalogObject): ObjectKey[] {
  const wholes: ObjectKey[] = object.parent === undefined ? [] : [object.parent];
  if (object.kind === "table") wholes.push(`table ${object.attributes.partitionOf}`);
  // Dependencies are not read from a server; whose column it is, is.
  if (object.kind === "sequence") wholes.push(`column ${object.attributes.ownedBy}`);
  if (object.kind === "setting") wholes.push(roleOf(object.name));
  for (const { on, type } of object.dependsOn)
    if (type === "internal" || (type === "auto" && object.kind === "sequence")) wholes.push(on);
  return wholes;
}

/** `role app search_path` is of `role app`. */
function roleOf(setting: string): ObjectKey {
  return /^role (?:"(?:[^"]|"")*"|\S+)/.exec(setting)?.[0] ?? "";
}

function change(pair: DifferingPair, moment: Moment): Change {
  const object = pair.before ?? pair.after;
  const kind = object?.kind ?? "";
  const name = object?.name ?? "";
  return {
    kind,
    object: name,
    class: classOfChange(pair.before, pair.after, pair.attributes),
    before: pair.before ? definitionOf(pair.before) : null,
    after: pair.after ? definitionOf(pair.after) : null,
    words: wordsOf(pair, `${kind} ${plainName(name)}`, moment),
  };
}

function renameChange(pair: Pair, other: Pair, moment: Moment): Change {
  const before = pair.before;
  const after = other.after;
  const name = before?.name ?? "";
  return {
    kind: before?.kind ?? "",
    object: name,
    class: "rename-only",
    before: before ? definitionOf(before) : null,
    after: after ? definitionOf(after) : null,
    words: `${before?.kind} ${plainName(name)} is called ${lastPart(after?.name ?? "")} ${moment}`,
  };
}
