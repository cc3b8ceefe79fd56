import { spawn } from "node:child_process";
import type { Identity } from "./identity.ts";

export interface CommandResult {
  /** Null when the command could not be started or was killed. */
  readonly code: number | null;
  readonly stdout: string;
  /** What it complained about, or why it could not be started. */
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly identity?: Identity | undefined;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a command to its end. Never rejects. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { cwd, identity, env = serverEnvironment(), signal } = options;
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      env,
      stdio: ["ignore", "pipe", "pipe"],
      ...(cwd ? { cwd } : {}),
      ...(signal ? { signal } : {}),
      ...identity,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", (error) => {
      // Told to stop, it still writes until it has: its end is waited for.
      if (signal?.aborted && child.pid !== undefined) return;
      resolve({ code: null, stdout, stderr: stderr || error.message });
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** What a server may see of our environment: no PG* variables, no secrets of a CI job, English messages. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { LC_ALL: "C", TZ: "UTC", ...(PATH === undefined ? {} : { PATH }) };
}
