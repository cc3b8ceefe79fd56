import { renumberPlan } from "#core/author/renumber-plan.ts";
import type { FolderReading } from "#core/migration/read-migrations.ts";
import type { Renumbering } from "./methods.ts";

/** A folder as it is on the branch that it is compared with. */
export interface Base {
  readonly ref: string;
  readonly reading: FolderReading;
}

/** The folder on the default branch of its repository, where it is on disk and has one. */
export type ReadBase = (head: FolderReading, path: string | undefined) => Promise<Base | undefined>;

/** How a folder is renumbered; against the base where there is one. */
export function renumbering(head: FolderReading, base: Base | undefined): Renumbering {
  return { ...renumberPlan(head, base), ...(base ? { base: base.ref } : {}) };
}
