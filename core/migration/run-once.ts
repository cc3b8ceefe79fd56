import type { Migration } from "./model.ts";
import type { FolderReading } from "./read-migrations.ts";

/** Without those that run whenever they changed: these stand behind all others, also behind what is still to come. */
export function runOnce({
  migrations,
  layout,
}: Pick<FolderReading, "migrations" | "layout">): readonly Migration[] {
  return migrations.filter((migration) => layout.repeats?.(migration) !== true);
}
