import type { RawFile } from "#core/migration/model.ts";
import { blobHash, type Folder } from "./folder.ts";
import type { Client } from "./github/client.ts";
import { filesAt } from "./github/trees.ts";

/**
 * Where a folder stood in a commit that does not have it: where most of its files were, under the same names. Undefined
 * for a folder that is new, and for a copy of one that `head` still has.
 */
export async function formerFolder(
  client: Client,
  commits: { readonly base: string; readonly head: string },
  folder: Folder,
  files: readonly RawFile[],
): Promise<string | undefined> {
  const all = await filesAt(client, commits.base, "");
  if (!all.ok) return undefined;
  const prefix = folder.path === "" ? 0 : folder.path.length + 1;
  const names = new Map(files.map(({ path, bytes }) => [blobHash(bytes), path.slice(prefix)]));
  const found = new Map<string, number>();
  for (const { path, sha } of all.value) {
    const name = names.get(sha);
    if (name === undefined || !`/${path}`.endsWith(`/${name}`)) continue;
    const place = path.slice(0, -name.length - 1);
    found.set(place, (found.get(place) ?? 0) + 1);
  }
  const [most] = [...found].sort(([, a], [, b]) => b - a);
  if (!most || most[1] * 2 < names.size) return undefined;
  const left = await filesAt(client, commits.head, most[0]);
  return left.ok && left.value.length === 0 ? most[0] : undefined;
}
