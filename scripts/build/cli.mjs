// The command line as the repository runs it: dist/cli/main.cjs, the script that it starts, and PostgreSQL's grammar as WASM.
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { nativeParts, nodeBundle, root } from "../bundle/node-bundle.mjs";
import { besideTheScript, oneScript } from "../bundle/one-script.mjs";

export const outdir = join(root, "dist/cli");
export const main = join(outdir, "main.cjs");

/** A running process may still load files of the build before this one; after an hour it will not. */
const fileLife = 3_600_000;

/** Packages that find files of their own beside their code, or that hardly any run needs. */
const external = [...nativeParts, "@electric-sql/pglite", "@electric-sql/pglite/*", "testcontainers"];

export async function build() {
  const started = new Date();
  const { outputFiles } = await esbuild.build({
    ...nodeBundle,
    entryPoints: besideTheScript,
    outdir,
    write: false,
    external,
  });
  mkdirSync(outdir, { recursive: true });
  const wasm = readFileSync(join(root, "node_modules/libpg-query/wasm/libpg-query.wasm"));
  // The engine looks for this name in every bundle.
  const worker = outputFiles.find((file) => file.path.endsWith("pglite-worker.js"));
  if (worker) worker.path = join(outdir, "pglite-worker.mjs");
  const files = [
    { path: join(outdir, "libpg-query.wasm"), contents: wasm },
    ...outputFiles,
    ...(await oneScript(outdir, external)),
  ];
  for (const { path, contents } of files) writeAtomically(path, contents, path === main);
  makeBytecode();
  // What changed while the build ran is newer than the build.
  utimesSync(main, started, started);
  removeOldFiles(files.map((file) => file.path));
}

/** The sample has a bit of everything. Without bytecode everything works as well, and starts later. */
function makeBytecode() {
  spawnSync(process.execPath, [main, "lint", join(root, "migrations")], { stdio: "ignore" });
}

function writeAtomically(path, contents, executable) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents, { mode: executable ? 0o755 : 0o644 });
  renameSync(temporary, path);
}

function removeOldFiles(kept) {
  for (const name of readdirSync(outdir)) {
    const path = join(outdir, name);
    // What another build beside this one has just renamed is gone, and not old.
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    // The bytecode has the name of its script, and more.
    if (kept.some((file) => path.startsWith(file)) || written > Date.now() - fileLife) continue;
    rmSync(path, { force: true });
  }
}
