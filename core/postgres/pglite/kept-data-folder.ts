import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { KeptDumps } from "./kept-dumps.ts";

/**
 * PGlite's data folder as it is made, kept for later runs: to load it takes a fifth of the seconds that making it
 * takes. Whoever has other files of PGlite makes one of their own.
 */
export class KeptDataFolder {
  readonly #dumps: KeptDumps;
  readonly #name: string;

  /** `files`: URL of PGlite's folder, with a final slash. Throws where it cannot be read. */
  constructor(place: string, files: string) {
    this.#dumps = new KeptDumps(place);
    const hash = createHash("sha256").update(readFileSync(new URL("initdb.wasm", files)));
    // Some 15 MB that are not read for a name.
    for (const file of ["pglite.data", "pglite.wasm"])
      hash.update(`${statSync(new URL(file, files)).size}\n`);
    this.#name = hash.digest("hex").slice(0, 16);
  }

  async take(): Promise<Uint8Array | undefined> {
    return (await this.#dumps.take(this.#name))?.dump;
  }

  put(dump: Uint8Array): Promise<void> {
    return this.#dumps.put(this.#name, { dump, note: "" });
  }

  forget(): void {
    this.#dumps.forget(this.#name);
  }
}
