// What the npm package holds: dist/package with the command line, the library and its types. Unlike dist/cli it needs
// no package of node_modules but those that bring binaries, so an install stays small.
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { billOfMaterials } from "../bundle/bill-of-materials.mjs";
import { writeDeclarations } from "../bundle/declarations.mjs";
import { nativeParts, nodeBundle, root } from "../bundle/node-bundle.mjs";
import { besideTheScript, oneScript } from "../bundle/one-script.mjs";
import { thirdPartyLicenses } from "../bundle/third-party-licenses.mjs";

const external = [...nativeParts, "@electric-sql/pglite", "@electric-sql/pglite/*"];
const library = { index: "core/index.ts", ...besideTheScript };

export async function build(outdir = join(root, "dist/package")) {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  await esbuild.build({ ...nodeBundle, entryPoints: library, outdir, external });
  // The engine looks for this name in every bundle.
  renameSync(join(outdir, "pglite-worker.js"), join(outdir, "pglite-worker.mjs"));
  for (const { path, contents } of await oneScript(outdir, external)) writeFileSync(path, contents);
  chmodSync(join(outdir, "main.cjs"), 0o755);
  copyFileSync(
    join(root, "node_modules/libpg-query/wasm/libpg-query.wasm"),
    join(outdir, "libpg-query.wasm"),
  );
  await writePapers(outdir);
  writeDeclarations(join(outdir, "types"));
}

/** Whose code is in all of it: listed from one bundle that holds both, and is not kept. */
async function writePapers(outdir) {
  const { metafile } = await esbuild.build({
    ...nodeBundle,
    entryPoints: { main: "cli/main.ts", ...library },
    outdir,
    external,
    write: false,
    plugins: [...nodeBundle.plugins, billOfMaterials()],
  });
  writeFileSync(join(outdir, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(Object.keys(metafile.inputs)));
}
