import { createHash } from "node:crypto";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { nodeBundle } from "./node-bundle.mjs";

/** What few runs need is large, or runs in a thread: entries of their own, beside the script. */
export const besideTheScript = {
  "pglite-worker": "core/postgres/pglite/worker.ts",
  testcontainers: "core/postgres/docker/testcontainers.ts",
};

const late = "./testcontainers.js";
const head = `(function(require,_import,module,__filename,__dirname){const exports=module.exports,_url=require("node:url").pathToFileURL(__filename).href;`;

/**
 * The command line as one script, `switchback-<hash>.cjs`, and `main.cjs`, which starts it: cli/start-from-bytecode.ts says
 * why. The script is an expression, a function of what a CommonJS module has around it.
 *
 * @param {string} outdir
 * @param {readonly string[]} external
 * @returns {Promise<readonly { path: string, contents: string }[]>} `main.cjs` is the last: it names the script
 */
export async function oneScript(outdir, external) {
  const code = await bundled({
    entryPoints: ["cli/main.ts"],
    external,
    banner: { js: head },
    footer: { js: "})" },
    define: { "import.meta.url": "_url" },
    plugins: [...nodeBundle.plugins, lateTestcontainers],
  });
  // A script cannot import by itself.
  const program = ascii(code.replaceAll(`import("${late}")`, `_import("${late}")`));
  const name = `switchback-${createHash("sha256").update(program).digest("hex").slice(0, 8)}.cjs`;
  const starter = await bundled({
    entryPoints: ["cli/start-from-bytecode.ts"],
    banner: {},
    define: { SCRIPT: JSON.stringify(name), "import.meta.dirname": "__dirname" },
  });
  return [
    { path: join(outdir, name), contents: program },
    { path: join(outdir, "main.cjs"), contents: starter },
  ];
}

async function bundled(options) {
  const { outputFiles } = await esbuild.build({
    ...nodeBundle,
    splitting: false,
    format: "cjs",
    write: false,
    ...options,
  });
  return outputFiles[0].text;
}

/**
 * It is larger than all the rest, and the script is read at every start.
 *
 * @type {import("esbuild").Plugin}
 */
const lateTestcontainers = {
  name: "late-testcontainers",
  setup(build) {
    build.onResolve({ filter: /^\.\/testcontainers\.ts$/ }, () => ({
      path: late,
      external: true,
    }));
    build.onResolve({ filter: /^testcontainers(\/|$)/ }, ({ importer }) => ({
      errors: [{ text: `${importer} uses testcontainers: load core/postgres/docker/testcontainers.ts late` }],
    }));
  },
};

/** esbuild escapes strings but no regular expressions, where an escape means the same. */
function ascii(code) {
  if (/String\.raw`[^`]*[^\0-\x7f]/.test(code))
    throw new Error("String.raw holds more than ASCII: escape it");
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
