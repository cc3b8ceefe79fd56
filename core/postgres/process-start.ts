import { readFileSync, readlinkSync } from "node:fs";
import { ps } from "./ps.ts";

/**
 * When a process started, in words that only this process has; undefined when there is none with this number.
 * Process numbers are used again, start times are not.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold blanks; state is the first field after it, start time the twentieth.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return undefined;
  }
  return process.platform === "win32" ? "alive" : ps("lstart", pid);
}

/** Where process numbers mean something: one boot of one machine, one container. */
export function processPlace(): string {
  if (process.platform !== "linux") return process.platform;
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return process.platform;
  }
}
