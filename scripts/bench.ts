/**
 * What Switchback costs, beside what people use today. Each piece runs in a process of its own.
 *
 *     SWITCHBACK_CORPUS=… npm run bench                    every piece
 *     SWITCHBACK_CORPUS=… npm run bench -- round-trip …    one of them, with its own arguments
 *     SWITCHBACK_CORPUS=… npm run -s bench -- --json …     what README and guides quote of it, as JSON (`npm run figures`)
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const pieces = [
  "lint",
  "start",
  "relint",
  "long-script",
  "round-trip",
  "one-migration",
  "growth",
  "memory",
  "catalog-reading",
  "action",
];
const asJson = process.argv[2] === "--json";
const [wanted, ...rest] = process.argv.slice(asJson ? 3 : 2);
const collected = asJson ? mkdtempSync(join(tmpdir(), "switchback-figures-")) : undefined;
if (collected) {
  process.env.SWITCHBACK_FIGURES = join(collected, "lines");
  process.on("exit", () => rmSync(collected, { recursive: true }));
}

if (wanted !== undefined && !pieces.includes(wanted)) {
  process.stderr.write(`no such piece: ${wanted}. There are: ${pieces.join(", ")}\n`);
  process.exit(2);
}
if (asJson && (loadavg()[0] ?? 0) > cpus().length) {
  process.stderr.write("the machine is busy: what it measures now is not to be quoted\n");
  process.exit(1);
}
if (!run("scripts/build.mjs", ["cli"])) process.exit(2);
print(machine());
const failed = (wanted === undefined ? pieces : [wanted]).filter((piece) => {
  print("");
  return !run("scripts/run.mjs", [`scripts/bench/${piece}.ts`, ...rest]);
});
if (failed.length > 0) {
  process.stderr.write(`failed: ${failed.join(", ")}\n`);
  process.exit(1);
}

if (collected) {
  const lines = existsSync(join(collected, "lines"))
    ? readFileSync(join(collected, "lines"), "utf8").trim().split("\n")
    : [];
  const figures = Object.assign({}, ...lines.map((line) => JSON.parse(line)));
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}

/** Whoever wants JSON reads the rest beside it. */
function run(script: string, args: readonly string[]): boolean {
  const stdio = ["inherit", asJson ? 2 : "inherit", "inherit"] as const;
  return spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: [...stdio] }).status === 0;
}

function machine(): string {
  const [first] = cpus();
  const load = loadavg()[0] ?? 0;
  const busy =
    load > cpus().length / 2
      ? `; the machine is busy (load ${load.toFixed(1)}): do not quote wall times`
      : "";
  return `${cpus().length} × ${first?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform}, Node ${process.version}${busy}`;
}

function print(line: string): void {
  (asJson ? process.stderr : process.stdout).write(`${line}\n`);
}
