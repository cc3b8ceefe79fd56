import type { Catalog } from "#core/catalog/catalog.ts";
import { diffCatalogs } from "#core/catalog/diff.ts";
import { type CatalogObject, keyOf } from "#core/catalog/model.ts";
import { sameQuery } from "#core/catalog/simulate/query/same-query.ts";

/** Something in which the simulated catalog is not the real one. */
export interface Difference {
  readonly object: string;
  /** `missing`, `too much`, `other`, `other dependencies` */
  readonly what: string;
  readonly real: string;
  readonly simulated: string;
}

/** Objects, what is known of them, and what they depend on. */
export function differences(real: Catalog, simulated: Catalog): Difference[] {
  const found: Difference[] = [];
  for (const { kind, object, before, after } of diffCatalogs(real, simulated, "after down")) {
    const what = before === null ? "too much" : after === null ? "missing" : "other";
    const difference = {
      object: `${kind} ${object}`,
      what,
      real: before ?? "",
      simulated: after ?? "",
    };
    if (what === "other" && isView(kind) && sameView(real, simulated, `${kind} ${object}`)) continue;
    // The version of an extension and its comment come from its control file, not from a statement.
    if (kind !== "extension" || what !== "other") found.push(difference);
  }
  for (const object of real.objects()) {
    const twin = simulated.at(keyOf(object.kind, object.name));
    if (!twin) continue;
    const [a, b] = [linksOf(object), linksOf(twin)];
    if (a.join() === b.join()) continue;
    found.push({
      object: keyOf(object.kind, object.name),
      what: "other dependencies",
      real: a.filter((link) => !b.includes(link)).join(", "),
      simulated: b.filter((link) => !a.includes(link)).join(", "),
    });
  }
  return found;
}

function isView(kind: string): boolean {
  return kind === "view" || kind === "materialized view";
}

/** A view is printed with the casts, aliases and column names that its analysis added. */
function sameView(real: Catalog, simulated: Catalog, key: string): boolean {
  const [a, b] = [real.at(key), simulated.at(key)].map((object) => {
    const { definition = "", ...rest } = (object?.attributes ?? {}) as { definition?: string };
    return { definition, rest: JSON.stringify(rest) };
  });
  return a !== undefined && b !== undefined && a.rest === b.rest && sameQuery(a.definition, b.definition);
}

/** What a publication lists does not keep it in the database, and is not read as something that it depends on. */
function linksOf(object: CatalogObject): string[] {
  const links = object.dependsOn.filter(({ part }) => part !== "member");
  return [...new Set(links.map(({ on, type }) => `${type} ${on}`))].sort();
}

export function describeDifference({ object, what, real, simulated }: Difference): string {
  return `${what}: ${object}\n  real      ${real}\n  simulated ${simulated}`;
}
