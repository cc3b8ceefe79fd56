import type { CatalogObject } from "../../../catalog/model.ts";
import { usualBounds } from "../../../catalog/simulate/sequences.ts";

/** How a sequence counts, where not by one from one to the end of its type. */
export function countingOptions(it: CatalogObject<"sequence">["attributes"]): string[] {
  const down = it.increment.startsWith("-");
  const usual = usualBounds(it.type, down);
  return [
    it.increment !== "1" && `INCREMENT BY ${it.increment}`,
    it.min !== usual.min && `MINVALUE ${it.min}`,
    it.max !== usual.max && `MAXVALUE ${it.max}`,
    it.start !== (down ? it.max : it.min) && `START WITH ${it.start}`,
    it.cache !== "1" && `CACHE ${it.cache}`,
    it.cycle && "CYCLE",
  ].filter((option) => typeof option === "string");
}
