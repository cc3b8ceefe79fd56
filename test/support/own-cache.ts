import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll } from "vitest";
import type * as WorkingFolder from "#core/postgres/embedded/working-folder.ts";

/** For `vi.mock` of `working-folder.ts`, where a suite wants a cache that is empty and that no run beside it sweeps. */
export async function withOwnCache(
  original: () => Promise<typeof WorkingFolder>,
): Promise<typeof WorkingFolder> {
  const real = await original();
  const own = new Map<string, string>();
  afterAll(() => {
    for (const folder of own.values()) rmSync(folder, { recursive: true, force: true });
  });
  const ownIn = (parent: string): string => {
    const folder = mkdtempSync(join(parent, "test-"));
    // The server's user has to get in.
    chmodSync(folder, 0o755);
    own.set(parent, folder);
    return folder;
  };
  return {
    ...real,
    cacheFolder: (identity) => {
      const shared = real.cacheFolder(identity);
      return own.get(shared) ?? ownIn(shared);
    },
  };
}
