import type { MigrationInfo } from "#core/report/model.ts";

/** `V1.2__add_users` → `add_users`: what follows the version and its separators. */
export function titleOf({ name, version }: MigrationInfo): string {
  return name.slice(name.indexOf(version) + version.length).replace(/^[_.-]+/, "");
}
