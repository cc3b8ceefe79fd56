import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * URL of the folder of PGlite's files, with a final slash: beside a bundle that contains PGlite, else in its package.
 * `worker` is the URL of the built `worker.ts`.
 */
export function pgliteFiles(worker: string | URL): string {
  if (existsSync(new URL("./pglite.data", worker))) return new URL("./", worker).href;
  return new URL("./", pathToFileURL(createRequire(worker).resolve("@electric-sql/pglite"))).href;
}
