import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KeptFolders } from "../kept-folders.ts";

/** A data folder of PGlite as one file, and what was noted beside it. */
export interface KeptDump {
  readonly dump: Uint8Array;
  readonly note: string;
}

interface Manifest {
  readonly bytes: number;
  readonly note: string;
}

/** Data folders of PGlite, kept under a name for later runs. */
export class KeptDumps {
  readonly #folders: KeptFolders;

  constructor(place: string) {
    this.#folders = new KeptFolders(place);
  }

  async take(name: string): Promise<KeptDump | undefined> {
    const folder = this.#folders.pathOf(name);
    try {
      const { bytes, note } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as Manifest;
      const dump = await readFile(join(folder, "data.tar"));
      if (dump.length === bytes) {
        this.#folders.touch(name);
        return { dump, note };
      }
      this.forget(name);
    } catch {
      // There is none, or another run sweeps it.
    }
    return undefined;
  }

  /** Removes what is of no use. */
  forget(name: string): void {
    this.#folders.forget(name);
  }

  /** Does nothing where there is no room. */
  put(name: string, { dump, note }: KeptDump): Promise<void> {
    const manifest: Manifest = { bytes: dump.length, note };
    return this.#folders.put(name, async (folder) => {
      await writeFile(join(folder, "data.tar"), dump, { mode: 0o600 });
      await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest), { mode: 0o600 });
      return true;
    });
  }
}
