import type { ObjectKey } from "../../catalog/model.ts";
import type { Added } from "../../catalog/simulate/memory.ts";

/** Name of one thing that the lint of a migration may look at, outside of its own scripts. */
export type Cell = string;

/** An object goes by its key. No kind of object is called like any of the others. */
export const cells = {
  object: (key: ObjectKey): Cell => key,
  children: (parent: ObjectKey): Cell => `children of ${parent}`,
  dependents: (key: ObjectKey): Cell => `dependents of ${key}`,
  namesakes: (label: string): Cell => `namesakes of ${label}`,
  everyObject: "every object",
  memory: (what: Added["what"], key: ObjectKey): Cell => `${what} ${key}`,
  text: (path: string): Cell => `text of ${path}`,
};
