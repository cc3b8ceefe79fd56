/**
 * Peak memory of our process over every real folder, proved whole on an embedded server. The limit is 300 MB.
 *
 *     SWITCHBACK_CORPUS=… npm run bench -- memory [folder…]
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { peakMemory } from "./timed-run.ts";

const root = join(import.meta.dirname, "../..");
const corpus = process.env.SWITCHBACK_CORPUS;
if (corpus) measure(corpus);
else print("memory: skipped, SWITCHBACK_CORPUS is not set");

function measure(place: string): void {
  const [...wanted] = process.argv.slice(2);
  const folders = wanted.length > 0 ? wanted : readdirSync(join(place, "sets"));
  const peaks = folders.map((name) => ({ name, mb: peak(place, name) })).sort((a, b) => b.mb - a.mb);
  print(`peak memory of a check of ${peaks.length} real folders, the largest (limit 300 MB)`);
  for (const { name, mb } of peaks.slice(0, 8)) print(`  ${name.padEnd(28)}${mb.toFixed(0).padStart(4)} MB`);
}

function peak(place: string, name: string): number {
  const prelude = join(place, "prelude", `${name}.sql`);
  const flags = existsSync(prelude) ? ["--prelude", prelude] : [];
  const folder = join(place, "sets", name);
  return peakMemory(
    join(root, "dist/cli/main.cjs"),
    ["check", folder, "--engine", "embedded", ...flags],
    root,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
