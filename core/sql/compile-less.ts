import { setFlagsFromString } from "node:v8";

/** More SQL than this, in bytes, runs long enough to earn an optimising compiler back. */
const muchSql = 4_000_000;

/**
 * A third to a half of a short run's processor time went into V8 compiling code once more, optimised: of the grammar
 * (WASM), for which the budget of dynamic tiering alone does not help, and of our own functions. A process of half a
 * second never earns that back: lint of 538 files takes two thirds of the processor time without it. And Node does not
 * end before compilers on other threads do: a job of the Action waited half a second for nothing.
 *
 * For processes of our own only: flags hold for everything that runs in one. Must be called before the grammar is
 * loaded. `bytes` is what there is to read.
 */
export function compileLess(bytes: number): void {
  if (bytes > muchSql) return;
  setFlagsFromString("--no-wasm-dynamic-tiering");
  setFlagsFromString("--no-wasm-tier-up");
  for (const flag of laterOptimisation()) setFlagsFromString(flag);
  // Helpers of the collector have little to do in a heap this small, and on a busy machine it waits for them.
  setFlagsFromString("--no-parallel-scavenge");
  // A young generation that stays in the processor's cache, on pages that the system has handed out already: lint of
  // 538 files takes 7 % less time on Node 20, 17 % on 22 and 9 % on 24, and 25 MB less.
  setFlagsFromString("--semi-space-growth-factor=1");
}

/**
 * Nine times as late as by default. V8 12 (Node 22) counts calls where V8 11 counted bytes of bytecode, and has Maglev,
 * an earlier compiler: without it lint of 538 files on Node 24 takes a seventh less processor time, and no longer.
 */
function laterOptimisation(): readonly string[] {
  const [major = 0] = process.versions.v8.split(".").map(Number);
  return major >= 12
    ? ["--invocation-count-for-turbofan=27000", "--no-maglev"]
    : ["--interrupt-budget=600000"];
}
