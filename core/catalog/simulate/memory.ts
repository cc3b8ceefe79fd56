import type { ObjectKey } from "../model.ts";

/** What a simulation remembers about keys besides the catalog. Only ever added to: undoing a script forgets nothing. */
export interface Memory {
  /** Objects that exist outside of what was simulated: earlier statements used them without having been seen to fail. */
  readonly assumed: Set<ObjectKey>;
  /** Objects that may or may not be as the catalog says, because a branch of a DO block touched them. */
  readonly uncertain: Set<ObjectKey>;
  /** Everything that was made so far: what is no longer there cannot come from outside. */
  readonly made: Set<ObjectKey>;
}

/** Among what is uncertain: an up that could not be followed may have made anything. */
export const anythingElse: ObjectKey = "anything else";

export function emptyMemory(): Memory {
  return { assumed: new Set(), uncertain: new Set(), made: new Set() };
}
