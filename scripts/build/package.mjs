// What the npm package holds: dist/package with the command line, the library and its types. Unlike dist/cli it needs
// no package of node_modules but those that bring binaries, so an install stays small.
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { billOfMaterials } from "../bundle/bill-of-materials.mjs";
import { writeDeclarations } from "../bundle/declarations.mjs";
import { nativeParts, nodeBundle, root } from "../bundle/node-bundle.mjs";
import { thirdPartyLicenses } from "../bundle/third-party-licenses.mjs";

export async function build(outdir = join(root, "dist/package")) {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await esbuild.build({
    ...nodeBundle,
    entryPoints: {
      main: "cli/main.ts",
      index: "core/index.ts",
      "pglite-worker": "core/postgres/pglite/worker.ts",
    },
    outdir,
    external: [...nativeParts, "@electric-sql/pglite", "@electric-sql/pglite/*"],
    metafile: true,
    plugins: [...nodeBundle.plugins, billOfMaterials()],
  });
  // The engine looks for this name in every bundle.
  renameSync(join(outdir, "pglite-worker.js"), join(outdir, "pglite-worker.mjs"));
  copyFileSync(
    join(root, "node_modules/libpg-query/wasm/libpg-query.wasm"),
    join(outdir, "libpg-query.wasm"),
  );
  writeFileSync(join(outdir, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(Object.keys(metafile.inputs)));
  chmodSync(join(outdir, "main.js"), 0o755);
  writeDeclarations(join(outdir, "types"));
}
