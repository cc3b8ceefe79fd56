/**
 * Measures what README and guides quote, notes it in docs/figures.json, and fills it into the pages: on a quiet
 * machine, with the folder of real migrations that the pages name.
 *
 *     SWITCHBACK_CORPUS=… npm run figures                  every figure
 *     SWITCHBACK_CORPUS=… npm run figures -- round-trip …  those of one piece of the bench, with its own arguments
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const file = join(root, "docs/figures.json");
const quoted = ["lint", "relint", "round-trip"];
const [piece, ...args] = process.argv.slice(2);

const figures = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
for (const it of piece === undefined ? quoted : [piece]) {
  const command = ["scripts/run.mjs", "scripts/bench.ts", "--json", it, ...args];
  Object.assign(figures, JSON.parse(node(command)));
  // Once with the server's files in memory, once on disk.
  if (it === "round-trip") Object.assign(figures, JSON.parse(node(command, { TMPDIR: tmpdir() })));
}
const sorted = Object.fromEntries(Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
process.stdout.write(node(["scripts/generate.mjs"]));

/** What failed has said why. */
function node(command: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  const { status, stdout } = spawnSync(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...environment },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) process.exit(1);
  return stdout;
}
