import type { Migration } from "./model.ts";
import { versionKey } from "./version.ts";

/**
 * Does a person who writes `wanted` mean this migration? As the folder spells its version, without zeros or dashes, or
 * by the migration's name.
 */
export function isVersion(
  { version, key, name }: Pick<Migration, "version" | "key" | "name">,
  wanted: string,
) {
  return [version, key, name].includes(wanted) || bareVersion(wanted) === bareVersion(version);
}

/** `000012` → `12`, `2024-01-31-120000` → `20240131120000`: how versions are looked up, whatever the layout's key is. */
export function bareVersion(version: string): string {
  return versionKey(version.replaceAll("-", ""));
}
