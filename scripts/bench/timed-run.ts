import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** One run of a whole process, in milliseconds. */
export interface TimedRun {
  readonly wall: number;
  /** User and system time, of what the process itself waited for too; absent where the system does not tell. */
  readonly cpu?: number;
}

/** Runs a program to its end and throws its output away. Linting exits with 1 where it finds something. */
export function timedRun(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): TimedRun {
  const cpuBefore = childrenCpu();
  const started = performance.now();
  // The output is read, as a terminal or a CI log would, and not kept.
  const { status, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1e9,
  });
  const wall = performance.now() - started;
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(`${command} ended with ${status}`);
  const cpuAfter = childrenCpu();
  return { wall, ...(cpuBefore !== undefined && cpuAfter !== undefined && { cpu: cpuAfter - cpuBefore }) };
}

/** Linux counts in ticks of 10 ms (proc(5): cutime and cstime are the 16th and 17th field of stat). */
function childrenCpu(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const stat = readFileSync("/proc/self/stat", "utf8");
  // The second field is the name in parentheses, which may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Peak memory of a Node program in MB. */
export function peakMemory(script: string, args: readonly string[], cwd: string): number {
  const hook =
    'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(2, "peak " + process.resourceUsage().maxRSS + "\\n"));';
  const { stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(hook)}`, script, ...args],
    { cwd, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
  );
  const kilobytes = /^peak (\d+)$/m.exec(stderr)?.[1];
  if (kilobytes === undefined) throw new Error(`${script} did not say its peak memory:\n${stderr}`);
  return Number(kilobytes) / 1024;
}
