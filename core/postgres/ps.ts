import { execFileSync } from "node:child_process";

/**
 * What `ps` knows of a process, where there is no /proc; undefined where there is no such process. The same words for
 * everybody: times would be spelt in the language and the zone of whoever asks.
 */
export function ps(column: "command" | "lstart", pid: number): string | undefined {
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  try {
    const words = execFileSync("ps", ["-ww", "-o", `${column}=`, "-p", String(pid)], {
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return words.trim() || undefined;
  } catch {
    return undefined;
  }
}
