import type { CatalogView } from "../../catalog/past-catalog.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";

/** Did a migration make a function of this name, or an extension that has it? */
export function isMadeFunction(catalog: CatalogView, name: string): boolean {
  const extension = extensions[name];
  if (extension !== undefined && catalog.has(`extension ${extension}`)) return true;
  for (const object of catalog.objects())
    if (routines.has(object.kind) && lastPart(object.name.replace(/\(.*$/s, "")) === name) return true;
  return false;
}

const routines: ReadonlySet<string> = new Set(["function", "procedure", "aggregate"]);

/** What PostgreSQL took over from an extension. */
const extensions: Readonly<Record<string, string>> = { gen_random_uuid: "pgcrypto" };
