/**
 * What somebody waits for who lints a few files, as before each commit: the start of the process.
 *
 *     npm run bench -- start [rounds]
 */
import { join } from "node:path";
import { median } from "./median.ts";
import { timedRun } from "./timed-run.ts";

const root = join(import.meta.dirname, "../..");
const [rounds = "21"] = process.argv.slice(2);
const lint = [join(root, "dist/cli/main.cjs"), "lint", "migrations"];
const runs = {
  "Node alone": () => timedRun(process.execPath, ["--eval", "0"], root),
  "lint of the sample": () => timedRun(process.execPath, lint, root),
  "without bytecode": () => timedRun(process.execPath, lint, root, { NODE_DISABLE_COMPILE_CACHE: "1" }),
};
const times = Object.entries(runs).map(([what, run]) => ({ what, run, wall: [] as number[] }));
for (let i = 0; i < Number(rounds); i++) for (const { run, wall } of times) wall.push(run().wall);

process.stdout.write(`whole process, ${rounds} rounds in turn, medians\n`);
for (const { what, wall } of times)
  process.stdout.write(`  ${what.padEnd(18)}  ${median(wall).toFixed(0).padStart(4)} ms\n`);
