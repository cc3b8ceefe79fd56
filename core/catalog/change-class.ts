import type { ChangeClass } from "../report/model.ts";
import type { CatalogObject } from "./model.ts";
import { samePrinted } from "./printed-sql.ts";

/** Attributes whose change alone harms nothing. */
const benignAttributes: ReadonlySet<string> = new Set(["comment", "inherited"]);

/**
 * How much it matters that an object differs: the one table that the round trip and `down-incomplete` share.
 * `attributes` are the names of those that differ; none means that only the order differs.
 */
export function classOfChange(
  before: CatalogObject | undefined,
  after: CatalogObject | undefined,
  attributes: readonly string[],
): ChangeClass {
  if (!before) return after && mayStay(after) ? "benign" : "real";
  if (!after) return "real";
  if (attributes.every((name) => benignAttributes.has(name))) return "benign";
  if (before.kind === "column" && after.kind === "column" && attributes.every((name) => name === "default"))
    return isNoDefault(before.attributes.default) && isNoDefault(after.attributes.default)
      ? "benign"
      : "real";
  // REFRESH fills it, and rows are not the schema; without them nobody can read it.
  if (attributes.every((name) => name === "unpopulated"))
    return "unpopulated" in after.attributes ? "real" : "benign";
  if (before.kind === "type" && after.kind === "type" && attributes.every((name) => name === "labels")) {
    return onlyAdds(before.attributes.labels ?? [], after.attributes.labels ?? []) ? "enum-limit" : "real";
  }
  if (before.kind === "constraint" && after.kind === "constraint" && attributes.every(isDefinition)) {
    if (differInNumericCasts(before.attributes.definition, after.attributes.definition)) return "benign";
  }
  if (before.kind === "constraint" && after.kind === "constraint" && attributes.every(isValidation)) {
    // Rows that were looked at meanwhile need not be looked at again.
    const checked = before.attributes.notValidated && !after.attributes.notValidated;
    if (checked && withoutNotValid(before.attributes.definition) === after.attributes.definition)
      return "benign";
  }
  return "real";
}

/**
 * Other migrations and other databases may use an extension or a role, so a down that leaves it is careful, not
 * careless; where the up cannot make it twice, going up again fails. A role that may do something by itself, or by
 * another one, may do so from now on: that is a difference.
 */
function mayStay(object: CatalogObject): boolean {
  if (object.kind !== "role") return object.kind === "extension";
  const { options, memberOf = [] } = object.attributes;
  return memberOf.length === 0 && options.every((option) => !powers.has(option));
}

const powers: ReadonlySet<string> = new Set([
  "SUPERUSER",
  "CREATEROLE",
  "CREATEDB",
  "REPLICATION",
  "BYPASSRLS",
]);

/**
 * Where a type has a length, PostgreSQL keeps DEFAULT NULL as a cast of it, elsewhere not at all (AddRelationNewConstraints).
 * For a domain with a default it is not the same.
 */
function isNoDefault(text: string | undefined): boolean {
  return (
    text === undefined ||
    /^NULL::(?:character(?: varying)?|bpchar|numeric|bit(?: varying)?|interval|time|timestamp)\b/.test(text)
  );
}

function isDefinition(name: string): boolean {
  return name === "definition";
}

function isValidation(name: string): boolean {
  return name === "definition" || name === "notValidated";
}

function withoutNotValid(definition: string): string {
  return definition.replace(/ NOT VALID$/, "");
}

/**
 * Where a column went from an integer to numeric and back, a CHECK of it says `(total)::numeric` ever after. That is
 * the same unless it divides, or calls a function of which there may be one for each type.
 */
function differInNumericCasts(before: string, after: string): boolean {
  if ([before, after].some((text) => /\/|\.(?:\w+|"(?:[^"]|"")*")\(/.test(text))) return false;
  return samePrinted(withoutNumericCasts(before), withoutNumericCasts(after), "constraint");
}

function withoutNumericCasts(definition: string): string {
  return definition.replace(/\((\w+|"(?:[^"]|"")*")\)::numeric(?!\()/g, "$1");
}

/** PostgreSQL can add enum values; only a type that is built anew is without them. */
function onlyAdds(before: readonly string[], after: readonly string[]): boolean {
  let next = 0;
  for (const label of after) if (label === before[next]) next++;
  return next === before.length;
}
