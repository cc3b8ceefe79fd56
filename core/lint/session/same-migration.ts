import { dequal } from "dequal";
import type { Migration, Script } from "../../migration/model.ts";

/** Equal in everything that a rule can see. */
export function sameMigration(a: Migration, b: Migration): boolean {
  return (
    a.version === b.version &&
    a.key === b.key &&
    a.title === b.title &&
    a.name === b.name &&
    sameScript(a.up, b.up) &&
    sameScript(a.down, b.down) &&
    a.refused?.message === b.refused?.message &&
    dequal(a.declarations, b.declarations)
  );
}

export function sameScript(a: Script | undefined, b: Script | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.file.path === b.file.path &&
    a.file.text === b.file.text &&
    a.file.bom === b.file.bom &&
    a.start === b.start &&
    a.end === b.end &&
    a.execution.send === b.execution.send &&
    a.execution.wrapped === b.execution.wrapped
  );
}
