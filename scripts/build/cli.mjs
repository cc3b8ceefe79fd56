// The command line as the repository runs it: dist/cli/main.js, lazily loaded chunks beside it, and PostgreSQL's grammar as WASM.
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

export const outdir = join(root, "dist/cli");
export const main = join(outdir, "main.js");

/** A running process may still load chunks of the build before this one; after an hour it will not. */
const chunkLife = 3_600_000;

/** Packages that find files of their own beside their code, or that hardly any run needs. */
const external = [...nativeParts, "@electric-sql/pglite", "@electric-sql/pglite/*", "testcontainers"];

export async function build() {
  const started = new Date();
  const { outputFiles } = await esbuild.build({
    ...nodeBundle,
    entryPoints: { main: "cli/main.ts", "pglite-worker": "core/postgres/pglite/worker.ts" },
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
    ...outputFiles.filter((file) => file.path !== main).map(withoutIdleBanner),
    // Last, so that it never names a chunk that is not there yet.
    ...outputFiles.filter((file) => file.path === main).map(withoutIdleBanner),
  ];
  for (const { path, contents } of files) writeAtomically(path, contents, path === main);
  // What changed while the build ran is newer than the build.
  utimesSync(main, started, started);
  removeOldChunks(new Set(files.map((file) => file.path)));
}

/** There are dozens of chunks, and most of them miss nothing: they should not pay for it at every start. */
function withoutIdleBanner({ path, text }) {
  const bare = text.replace(`${nodeBundle.banner.js}\n`, "");
  return { path, contents: /\b(?:require|__filename|__dirname)\b/.test(bare) ? text : bare };
}

function writeAtomically(path, contents, executable) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, contents, { mode: executable ? 0o755 : 0o644 });
  renameSync(temporary, path);
}

function removeOldChunks(kept) {
  for (const name of readdirSync(outdir)) {
    const path = join(outdir, name);
    // What another build beside this one has just renamed is gone, and not old.
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (kept.has(path) || written > Date.now() - chunkLife) continue;
    rmSync(path, { force: true });
  }
}
