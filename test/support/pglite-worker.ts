import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Builds the worker of PGlite as the fronts' builds do, and says where it is. */
export async function pgliteWorker(): Promise<URL> {
  const root = join(import.meta.dirname, "..", "..");
  const folder = join(root, "node_modules/.cache/switchback");
  mkdirSync(folder, { recursive: true });
  const finished = join(folder, "pglite-worker.mjs");
  // Test files run side by side: none may read what another has half written.
  const outfile = `${finished}.${process.pid}`;
  await build({
    absWorkingDir: root,
    entryPoints: ["core/postgres/pglite/worker.ts"],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    logLevel: "warning",
  });
  renameSync(outfile, finished);
  return pathToFileURL(finished);
}
