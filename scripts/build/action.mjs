// The GitHub Action: action/dist, committed, so that `uses: owner/repo@ref` runs from a plain checkout.
// The same sources and packages give the same bytes; a test rebuilds and compares.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { billOfMaterials } from "../bundle/bill-of-materials.mjs";
import { nativeParts, nodeBundle, root } from "../bundle/node-bundle.mjs";
import { thirdPartyLicenses } from "../bundle/third-party-licenses.mjs";

const modules = join(root, "node_modules");

/** GitHub fetches the whole folder before every job. */
const mostBytes = 25 * 1024 * 1024;

/** Files that the code looks for beside itself. */
const assets = [
  "libpg-query/wasm/libpg-query.wasm",
  "@electric-sql/pglite/dist/pglite.wasm",
  "@electric-sql/pglite/dist/pglite.data",
  "@electric-sql/pglite/dist/initdb.wasm",
  // Contrib extensions, for CREATE EXTENSION.
  ...readdirSync(join(modules, "@electric-sql/pglite/dist"))
    .filter((file) => file.endsWith(".tar.gz"))
    .map((file) => `@electric-sql/pglite/dist/${file}`),
];

/**
 * @param {string} [outdir] where the build goes; the committed one by default
 * @param {import("esbuild").Plugin[]} [plugins] how tests break it on purpose
 */
export async function build(outdir = join(root, "action/dist"), plugins = []) {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await esbuild.build({
    ...nodeBundle,
    entryPoints: { main: "action/main.ts", "pglite-worker": "core/postgres/pglite/worker.ts" },
    outdir,
    outExtension: { ".js": ".mjs" },
    target: "node24",
    external: nativeParts,
    metafile: true,
    plugins: [...nodeBundle.plugins, billOfMaterials(), ...plugins],
  });
  for (const asset of assets) {
    writeFileSync(join(outdir, asset.split("/").at(-1)), readFileSync(join(modules, asset)));
  }
  writeFileSync(
    join(outdir, "THIRD-PARTY-LICENSES.txt"),
    thirdPartyLicenses(Object.keys(metafile.inputs), assets),
  );
  const bytes = readdirSync(outdir).reduce((sum, file) => sum + statSync(join(outdir, file)).size, 0);
  if (bytes > mostBytes) throw new Error(`action/dist has ${bytes} bytes, more than ${mostBytes}`);
}
