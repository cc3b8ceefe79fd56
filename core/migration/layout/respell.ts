import type { Layout } from "./layout.ts";

/** Version and title as they stand in a file's name. */
export interface Spelling {
  readonly version: string;
  readonly title: string;
}

/**
 * A file's name under another version or title. What stands around them stays: Flyway's `V`, a dialect, the separator,
 * the `/up.sql` of a folder. `name` may have folders in front.
 */
export function respell(
  name: string,
  { folders }: Pick<Layout, "folders">,
  from: Spelling,
  to: Partial<Spelling>,
): string {
  const cut = partsFrom(name, folders ? 1 : 0);
  const tail = name.slice(cut);
  const versionAt = tail.indexOf(from.version);
  if (versionAt < 0) return name;
  const versionEnd = versionAt + from.version.length;
  const titleAt = from.title === "" ? -1 : tail.indexOf(from.title, versionEnd);
  const version = tail.slice(0, versionAt) + (to.version ?? from.version);
  const rest = tail.slice(versionEnd);
  if (to.title === undefined) return name.slice(0, cut) + version + rest;
  if (titleAt < 0) return `${name.slice(0, cut)}${version}_${to.title}${rest.replace(/^[_-]+/, "")}`;
  const between = tail.slice(versionEnd, titleAt);
  return (
    name.slice(0, cut) +
    version +
    between +
    spelt(to.title, from.title) +
    tail.slice(titleAt + from.title.length)
  );
}

/** Where the part of a path begins that the layout reads. */
function partsFrom(name: string, folders: number): number {
  let at = name.length;
  for (let level = 0; level <= folders && at > 0; level++) at = name.lastIndexOf("/", at - 1);
  return at + 1;
}

/** A folder that writes `add-users` goes on so. */
function spelt(title: string, like: string): string {
  return like.includes("-") && !like.includes("_") ? title.replaceAll("_", "-") : title;
}
