#!/usr/bin/env node
// `npm run switchback -- …`: builds the command line when its sources are newer than the build, then runs it.
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, "dist/cli/main.cjs");
const sources = ["core", "cli", "scripts/build", "package.json", "package-lock.json"];

if (isStale()) {
  if (!existsSync(join(root, "node_modules/esbuild"))) {
    process.stderr.write("switchback: the packages are not installed yet, run npm ci first\n");
    process.exit(2);
  }
  const { build } = await import("./build/cli.mjs");
  await build().catch((error) => {
    // What is wrong with a source esbuild has said, with the place.
    if (!error.errors?.some(({ location }) => location))
      process.stderr.write(`switchback: the command line cannot be built: ${error.message}\n`);
    process.exit(2);
  });
}
process.argv[1] = main;
await import(pathToFileURL(main).href);

function isStale() {
  const built = statSync(main, { throwIfNoEntry: false })?.mtimeMs;
  return built === undefined || sources.some((source) => isNewer(join(root, source), built));
}

/** A folder counts too: its time moves when a file in it comes, goes or is renamed. */
function isNewer(path, built) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return false;
  if (stat.mtimeMs > built) return true;
  return stat.isDirectory() && readdirSync(path).some((name) => isNewer(join(path, name), built));
}
