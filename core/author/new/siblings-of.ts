import type { Sibling } from "../../migration/layout/layout.ts";
import type { Migration } from "../../migration/model.ts";

export function siblingsOf(migrations: readonly Pick<Migration, "up" | "down">[]): Sibling[] {
  return migrations.map(({ up, down }) => ({
    ...(up && { up: up.file.path }),
    ...(down && { down: down.file.path }),
  }));
}
