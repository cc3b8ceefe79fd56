import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { ps } from "../ps.ts";

const patienceMs = 5_000;

/** Ends the server that runs in a run folder without anybody to stop it. Never rejects. */
export async function endProcessesIn(folder: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let signal: NodeJS.Signals = "SIGQUIT";
  for (;;) {
    const pids = processesIn(folder);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended in between, or is not ours.
      }
    }
    if (signal === "SIGKILL" && Date.now() > deadline + patienceMs) return;
    if (Date.now() > deadline) signal = "SIGKILL";
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** initdb works in the folder itself, every process of a server in its data folder; elsewhere than on Linux only the first one can be found. */
function processesIn(folder: string): number[] {
  const data = join(folder, "data");
  if (process.platform === "linux") {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && [folder, data].includes(workingFolder(name) ?? ""))
      .map(Number);
  }
  const pid = serverOf(data);
  // After a restart of the machine somebody else may have its number.
  return pid !== undefined && ps("command", pid)?.includes(data) ? [pid] : [];
}

function serverOf(data: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(data, "postmaster.pid"), "utf8"), 10) || undefined;
  } catch {
    return undefined;
  }
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
