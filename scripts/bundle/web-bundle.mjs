import { join } from "node:path";
import { manifestVersion } from "./manifest-version.mjs";
import { root } from "./node-bundle.mjs";

const noNode = join(root, "scripts/bundle/no-node.cjs");

/**
 * How everything that runs in a browser is bundled. The parser and PGlite ask for parts of Node behind a test for Node:
 * these are empty here. Whatever else wants Node is an error.
 *
 * @type {import("esbuild").BuildOptions}
 */
export const webBundle = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: "browser",
  target: "es2022",
  mainFields: ["browser", "module", "main"],
  legalComments: "none",
  alias: { "node:fs": noNode, "node:crypto": noNode, "node:module": noNode },
  plugins: [manifestVersion],
  logLevel: "warning",
};
