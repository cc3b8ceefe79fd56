// The VS Code extension: extension/dist with the host's bundle, one bundle per thread, and the files these read; the same
// bundles for browsers in its folder web/.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { billOfMaterials } from "../bundle/bill-of-materials.mjs";
import { nativeParts, nodeBundle, root } from "../bundle/node-bundle.mjs";
import { thirdPartyLicenses } from "../bundle/third-party-licenses.mjs";
import { webBundle } from "../bundle/web-bundle.mjs";

const outdir = join(root, "extension/dist");

const tsconfig = join(root, "tsconfig.json");

export async function build() {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { banner: _, ...host } = nodeBundle;
  const bundles = await Promise.all([
    esbuild.build({
      ...host,
      tsconfig,
      entryPoints: ["extension/src/extension.ts"],
      outfile: join(outdir, "extension.cjs"),
      splitting: false,
      format: "cjs",
      external: ["vscode"],
      metafile: true,
    }),
    esbuild.build({
      ...nodeBundle,
      tsconfig,
      entryPoints: {
        analysis: "extension/src/analysis/worker.ts",
        proof: "extension/src/proof/worker.ts",
        "pglite-worker": "core/postgres/pglite/worker.ts",
      },
      outdir,
      outExtension: { ".js": ".mjs" },
      external: nativeParts,
      metafile: true,
      plugins: [...nodeBundle.plugins, billOfMaterials()],
    }),
    esbuild.build({
      ...webBundle,
      tsconfig,
      entryPoints: ["extension/src/web-extension.ts"],
      outfile: join(outdir, "web/extension.js"),
      format: "cjs",
      external: ["vscode"],
      metafile: true,
    }),
    esbuild.build({
      ...webBundle,
      tsconfig,
      entryPoints: {
        analysis: "extension/src/analysis/web-worker.ts",
        proof: "extension/src/proof/web-worker.ts",
        "pglite-worker": "extension/src/proof/web-pglite-worker.ts",
      },
      outdir: join(outdir, "web"),
      // Started by one line that brings it in, which modules cannot do; where its files are, that line says too.
      format: "iife",
      define: { "import.meta.url": "globalThis.switchbackAssets", __filename: "globalThis.switchbackAssets" },
      metafile: true,
    }),
  ]);
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  writeFileSync(join(outdir, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(inputs));
  copyAssets();
  await writeSchema();
  copyFileSync(join(root, "LICENSE"), join(root, "extension/LICENSE"));
}

/** The schema comes from the same table of options as the command line's flags. */
async function writeSchema() {
  const contents = `import { configSchema } from "#core/config/config-schema.ts";
import { configurableRules } from "#core/every-rule.ts";
export const schema = configSchema(configurableRules);`;
  const outfile = join(root, "node_modules/.cache/switchback", `schema-${process.pid}.mjs`);
  await esbuild.build({
    ...nodeBundle,
    tsconfig,
    stdin: { contents, resolveDir: root, loader: "ts" },
    outfile,
    splitting: false,
    packages: "external",
  });
  const { schema } = await import(pathToFileURL(outfile).href);
  rmSync(outfile);
  writeFileSync(join(outdir, "switchback.schema.json"), `${JSON.stringify(lenient(schema), null, 2)}\n`);
}

/** For completion and hovers alone: the extension says what is wrong itself, and everything would be said twice. */
function lenient(schema) {
  if (Array.isArray(schema)) return schema.map(lenient);
  if (typeof schema !== "object" || schema === null) return schema;
  const {
    additionalProperties,
    enum: values,
    minLength,
    minItems,
    minimum,
    maximum,
    required,
    ...rest
  } = schema;
  const kept = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, lenient(value)]));
  return values === undefined ? kept : { ...kept, anyOf: [{ enum: values }, {}] };
}

function copyAssets() {
  const modules = join(root, "node_modules");
  const pglite = join(modules, "@electric-sql/pglite/dist");
  const files = [
    join(modules, "libpg-query/wasm/libpg-query.wasm"),
    ...readdirSync(pglite)
      .filter((name) => /\.(wasm|data|tar\.gz)$/.test(name))
      .map((name) => join(pglite, name)),
  ];
  for (const file of files.filter((path) => existsSync(path))) {
    copyFileSync(file, join(outdir, file.slice(file.lastIndexOf("/") + 1)));
  }
}
