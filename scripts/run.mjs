#!/usr/bin/env node
// Runs a TypeScript file: node scripts/run.mjs scripts/some-script.ts [arguments…]
//
// Node 20 cannot run TypeScript, so the file is bundled first. Packages stay in node_modules, and `import.meta.url`
// keeps pointing at the source file, as it does under vitest.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry] = process.argv.slice(2);
if (!entry) {
  process.stderr.write("usage: node scripts/run.mjs <file.ts> [arguments…]\n");
  process.exit(2);
}

const cache = join(root, "node_modules/.cache/switchback");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "run-"));
const remove = () => rmSync(folder, { recursive: true, force: true });
process.on("exit", remove);

const outfile = join(folder, "script.mjs");
await build({
  entryPoints: [resolve(entry)],
  outfile,
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
  plugins: [sourceUrl()],
});

process.argv.splice(1, 2, resolve(entry));
process.setSourceMapsEnabled(true);
await import(pathToFileURL(outfile).href);

/** Makes `import.meta.url` of a bundled file the URL of its source. */
function sourceUrl() {
  return {
    name: "source-url",
    setup(builder) {
      builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes("import.meta.")) return undefined;
        const contents = text
          .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
          .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
        return { contents, loader: "ts" };
      });
    },
  };
}
