import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { archives } from "./extensions.ts";

/** Tells whether bytes stand in PGlite's files as they came. `assets`: URL of their folder, with a final slash. */
export function ownLibraries(assets: string): (bytes: Uint8Array) => boolean {
  const packed = archives.map((name) => `${name}.tar.gz`);
  const read = new Map<string, Buffer>();
  const contents = (name: string): Buffer => {
    const bytes = readFileSync(new URL(name, assets));
    return name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  };
  return ({ buffer, byteOffset, byteLength }) =>
    ["pglite.data", ...packed].some((name) => {
      const known = read.get(name) ?? contents(name);
      read.set(name, known);
      return known.includes(Buffer.from(buffer, byteOffset, byteLength));
    });
}
