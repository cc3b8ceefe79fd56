import type { CatalogObject } from "../../../catalog/model.ts";
import { outputNames } from "../../../catalog/simulate/query/output-names.ts";
import { changedInterface } from "../../../catalog/simulate/replaced-routine.ts";
import { sameDefinition } from "./same-definition.ts";

/** Kinds of which no ALTER changes the definition. */
const fixed: ReadonlySet<CatalogObject["kind"]> = new Set(["constraint", "policy", "rule"]);

/** Is dropping it and making it again the only way from how an object is (`now`) to how it was (`before`)? */
export function isMadeAnew(now: CatalogObject, before: CatalogObject): boolean {
  if (sameDefinition(now, before) || sameDefinition(ruling(now), ruling(before))) return false;
  if ((now.kind === "function" || now.kind === "procedure") && before.kind === now.kind)
    return changedInterface(now.attributes, before.attributes) !== undefined;
  if (now.kind === "view" && before.kind === "view") return !isReplaceable(now, before);
  // No ALTER makes a column a generated one again.
  if (now.kind === "column" && before.kind === "column")
    return before.attributes.generated !== undefined && now.attributes.generated === undefined;
  // ADD CONSTRAINT … USING INDEX took it, and it falls with the constraint.
  if (now.kind === "index" && before.kind === "index")
    return now.attributes.constraint !== undefined && before.attributes.constraint === undefined;
  return fixed.has(now.kind);
}

/** Without what ENABLE and DISABLE say, and VALIDATE, which needs no way back. */
function ruling(object: CatalogObject): CatalogObject {
  if (object.kind !== "constraint" && object.kind !== "rule") return object;
  const { triggersDisabled, enabled, notValidated, ...attributes } = object.attributes as Record<
    string,
    unknown
  >;
  const definition = object.attributes.definition.replace(notValidated ? / NOT VALID$/ : /$^/, "");
  return { ...object, attributes: { ...attributes, definition } } as unknown as CatalogObject;
}

/** CREATE OR REPLACE keeps the columns of a view, and may add others behind them. */
function isReplaceable(now: CatalogObject<"view">, before: CatalogObject<"view">): boolean {
  const [has, had] = [now, before].map(({ attributes }) => outputNames(attributes.definition));
  if (!has || !had) return false;
  return has.length <= had.length && has.every((name, index) => name === had[index]);
}
