import { kindIn, nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { nearestWord } from "../../sql/nearest-word.ts";

/** The one of these that is of the key's kind and has nearly the same name. */
export function nearestKey(key: ObjectKey, among: readonly ObjectKey[]): ObjectKey | undefined {
  const kind = kindIn(key);
  const candidates = among.filter((candidate) => kindIn(candidate) === kind);
  // Of a routine the arguments are easier to get wrong than the name.
  const overloads = candidates.filter((candidate) => isOverload(candidate, key));
  if (overloads.length === 1) return overloads[0];
  const word = nearestWord(
    lastPart(nameIn(key)),
    candidates.map((candidate) => lastPart(nameIn(candidate))),
  );
  return candidates.find((candidate) => lastPart(nameIn(candidate)) === word);
}

function isOverload(one: ObjectKey, other: ObjectKey): boolean {
  const end = other.indexOf("(");
  return end > 0 && one.startsWith(other.slice(0, end + 1));
}
