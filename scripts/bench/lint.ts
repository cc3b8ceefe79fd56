/**
 * What `switchback lint` costs beside squawk on the same files: whole processes, in turn, and nothing kept of an earlier
 * run. Ours starts from the bytecode that the build made; what it takes without is told too.
 *
 *     npm run bench -- lint <folder> [rounds]
 */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { figure } from "./figure.ts";
import { median } from "./median.ts";
import { realFolder } from "./real-folder.ts";
import { peakMemory, type TimedRun, timedRun } from "./timed-run.ts";

const root = join(import.meta.dirname, "../..");
const [name = "openmeter", rounds = "9"] = process.argv.slice(2);
const folder = realFolder(name);
if (folder) compare(folder);
else print(`lint: skipped, there is no folder ${name}`);

function compare(folder: string): void {
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  const main = join(root, "dist/cli/main.cjs");
  const squawk = createRequire(import.meta.url).resolve("squawk-cli/js/bin/squawk");
  const runOurs = () => timedRun(process.execPath, [main, "lint", "."], folder);
  const runCompiling = () =>
    timedRun(process.execPath, [main, "lint", "."], folder, { NODE_DISABLE_COMPILE_CACHE: "1" });
  const runSquawk = () => timedRun(process.execPath, [squawk, ...files], folder);
  // The first run of each fills the system's page cache, with programs as with files.
  runOurs();
  runSquawk();
  const ours: TimedRun[] = [];
  const compiling: TimedRun[] = [];
  const theirs: TimedRun[] = [];
  for (let i = 0; i < Number(rounds); i++) {
    ours.push(runOurs());
    compiling.push(runCompiling());
    theirs.push(runSquawk());
  }
  print(`lint of ${files.length} files of ${name}, whole process, ${rounds} rounds in turn, medians`);
  figure("lint/files", String(files.length));
  compareBy("wall time", (run) => run.wall, ours, theirs);
  compareBy("processor time", (run) => run.cpu, ours, theirs);
  compareBy("without bytecode", (run) => run.wall, compiling, theirs);
  print(
    `  peak memory       switchback ${peakMemory(main, ["lint", "."], folder).toFixed(0)} MB (limit 250)`,
  );
}

/** Ratios are taken pair by pair, so that a machine that slows down slows both. */
function compareBy(
  what: string,
  of: (run: TimedRun) => number | undefined,
  ours: readonly TimedRun[],
  theirs: readonly TimedRun[],
): void {
  const pairs = ours.flatMap((run, i) => {
    const [a, b] = [of(run), theirs[i] && of(theirs[i])];
    return a === undefined || b === undefined ? [] : [{ a, b }];
  });
  if (pairs.length === 0) return;
  const a = median(pairs.map((pair) => pair.a));
  const b = median(pairs.map((pair) => pair.b));
  const ratio = median(pairs.map((pair) => pair.a / pair.b));
  if (what.startsWith("wall")) figure("lint/wall-time", ratio.toFixed(1));
  print(
    `  ${what.padEnd(16)}  switchback ${a.toFixed(0)} ms, squawk ${b.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
