#!/usr/bin/env node
// Builds the site into docs/site/dist: the Markdown of docs/ with VitePress, and core and PGlite for the playground.
// The site's packages are its own, so that nobody else has to install them; the first build brings them.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { webBundle } from "./bundle/web-bundle.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const site = join(root, "docs/site");
const out = join(site, "dist/playground");
const vitepress = join(site, "node_modules/vitepress/bin/vitepress.js");

// npm writes this when all is there.
if (!existsSync(join(site, "node_modules/.package-lock.json"))) {
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: site, stdio: "inherit" });
}
execFileSync(process.execPath, [vitepress, "build", site], { cwd: site, stdio: "inherit" });

await build({
  ...webBundle,
  entryPoints: ["lint", "prove", "pglite"].map((name) => join(site, `playground/${name}.worker.ts`)),
  outdir: out,
  splitting: true,
  format: "esm",
});
// Beside the workers, where the parser and PGlite look for them.
const pglite = join(root, "node_modules/@electric-sql/pglite/dist");
const assets = readdirSync(pglite).filter((name) => /\.(wasm|data|tar\.gz)$/.test(name));
for (const name of assets) copyFileSync(join(pglite, name), join(out, name));
copyFileSync(join(root, "node_modules/libpg-query/wasm/libpg-query.wasm"), join(out, "libpg-query.wasm"));
copyFileSync(join(root, "extension/media/icon.png"), join(site, "dist/icon.png"));
