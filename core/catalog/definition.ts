import type { CatalogObject } from "./model.ts";

/** An object in one line, for a diff that a person reads: its definition, or its attributes in order. */
export function definitionOf(object: CatalogObject): string {
  const attributes = object.attributes as Readonly<Record<string, unknown>>;
  const { definition, initial: _, ...rest } = attributes;
  if (typeof definition === "string") {
    const extra = describe(without(rest, object.kind));
    return extra === "" ? definition : `${definition} · ${extra}`;
  }
  if (object.kind === "column") {
    const { type, notNull, default: value, ...others } = object.attributes;
    const parts = [
      type,
      notNull ? "NOT NULL" : "",
      value === undefined ? "" : `DEFAULT ${value}`,
      describe(others),
    ];
    return parts.filter((part) => part !== "").join(" ");
  }
  const text = describe(rest);
  return text === "" ? object.kind : text;
}

/** What a definition says already: that of constraints and indexes nearly all. */
function without(rest: Readonly<Record<string, unknown>>, kind: string): Readonly<Record<string, unknown>> {
  if (/^(?:function|procedure|aggregate|trigger|event trigger)$/.test(kind)) {
    const { language: _, returns: _r, volatility: _v, function: _f, ...others } = rest;
    return others;
  }
  if (kind !== "constraint" && kind !== "index") return rest;
  const { comment, clustered, invalid, inherited, partitionOf, statistics, tablespace, triggersDisabled } =
    rest;
  return { comment, clustered, invalid, inherited, partitionOf, statistics, tablespace, triggersDisabled };
}

function describe(attributes: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  for (const name of Object.keys(attributes).sort()) {
    const value = attributes[name];
    if (value === undefined) continue;
    parts.push(
      value === true ? name : `${name} ${Array.isArray(value) ? `(${value.join(", ")})` : String(value)}`,
    );
  }
  return parts.join(", ");
}
