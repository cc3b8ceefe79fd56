import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leftAfter, leftovers, type Place } from "../nothing-left.ts";
import { plainScripts, scripts } from "./interrupted-scripts.ts";
import { runPhase, runProcess } from "./run-phase.ts";
import type { Target } from "./targets.ts";

/** `twice`: a person who presses Ctrl-C again. */
export const kinds = ["SIGINT", "SIGTERM", "SIGKILL", "twice"] as const;
export type Kind = (typeof kinds)[number];

export interface Ending {
  /** Where the run was: "[2/5] 000002_halfway: up". */
  readonly phase: string;
  readonly code: number | undefined;
  /** From the signal to the end of the process. */
  readonly ms: number;
  /** What is not as it should be: a wrong exit code, something left behind. */
  readonly problems: readonly string[];
}

/** Exit codes of a run that was killed, as a shell tells them; the first two before Node listens to any signal. */
const died: Readonly<Record<Kind, readonly number[]>> = {
  SIGINT: [130],
  SIGTERM: [130, 143],
  SIGKILL: [137],
  twice: [130],
};
const main = join(import.meta.dirname, "../../../dist/cli/main.cjs");

/** Runs the built command line on one folder and one engine, and ends it at any moment. */
export class InterruptedRuns {
  readonly #target: Target;
  readonly #root: string;
  #number = 0;

  constructor(target: Target) {
    this.#target = target;
    this.#root = mkdtempSync(join(tmpdir(), "switchback-interrupt-"));
    const migrations = join(this.#root, "migrations");
    mkdirSync(migrations);
    const texts = { ...scripts, ...plainScripts(target.plain ?? 0) };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(migrations, name), text);
    chmodSync(this.#root, 0o755);
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** A run that nobody interrupts. */
  async whole(): Promise<{ code: number | undefined; ms: number; said: string; left: readonly string[] }> {
    const run = this.#start(this.#newFolder());
    await run.ended;
    return {
      code: run.code(),
      ms: run.ms(),
      said: run.said(),
      left: await leftAfter(this.#place(run.folder)),
    };
  }

  /** A run that is interrupted after so many milliseconds. */
  async interrupted(kind: Kind, afterMs: number): Promise<Ending> {
    const run = this.#start(this.#newFolder());
    await Promise.race([run.ended, pause(afterMs)]);
    const pid = runProcess(main, run.folder);
    const since = run.ms();
    const phase = pid === undefined ? "over" : await this.#strike(pid, kind, run);
    await run.ended;
    const ms = run.ms() - since;
    const code = run.code();
    const wrongCode =
      code === undefined || !(died[kind].includes(code) || (code === 1 && phase !== "before the first word"));
    return {
      phase,
      code,
      ms,
      problems: [...(wrongCode ? [`exit code ${code}`] : []), ...(await this.#left(kind, run.folder))],
    };
  }

  /** What nobody could clean up any more is swept by the next run. */
  async #left(kind: Kind, folder: string): Promise<readonly string[]> {
    const place = this.#place(folder);
    if (kind === "SIGINT" || kind === "SIGTERM") return leftAfter(place);
    if ((await leftovers(place)).length > 0) await this.#start(folder).ended;
    return leftAfter(place);
  }

  /** Holds the run where it is, looks where that is, and lets it go on with the signal. */
  async #strike(pid: number, kind: Kind, run: Run): Promise<string> {
    send(pid, "SIGSTOP");
    const phase = await runPhase(run.said(), run.folder, this.#target.server?.session);
    send(pid, kind === "twice" ? "SIGINT" : kind);
    send(pid, "SIGCONT");
    if (kind === "twice") {
      await pause(Math.random() * 150);
      send(pid, "SIGINT");
    }
    return phase;
  }

  #place(folder: string): Place {
    const { server, engine } = this.#target;
    return { folder, docker: engine === "docker", ...(server ? { server } : {}) };
  }

  #newFolder(): string {
    const folder = join(this.#root, `tmp${++this.#number}`);
    mkdirSync(folder);
    // The server may run under another user, who has to get in.
    chmodSync(folder, 0o777);
    return folder;
  }

  #start(folder: string): Run {
    const { engine, flags, environment } = this.#target;
    const migrations = join(this.#root, "migrations");
    const words = [process.execPath, main, "check", "--engine", engine, ...flags, migrations]
      .map(quoted)
      .join(" ");
    return new Run(folder, `TMPDIR=${quoted(folder)} ${words}; echo exit:$?`, {
      ...process.env,
      ...environment,
    });
  }
}

/** A command on a terminal of its own, which `script` lends it: only there the progress line is shown. */
class Run {
  readonly folder: string;
  readonly ended: Promise<void>;
  readonly #started = performance.now();
  #said = "";

  constructor(folder: string, command: string, environment: NodeJS.ProcessEnv) {
    this.folder = folder;
    const terminal: ChildProcess = spawn("script", ["-qec", command, "/dev/null"], {
      cwd: "/",
      env: { ...environment, TERM: "xterm", SHELL: "/bin/sh" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    terminal.stdout?.on("data", (chunk: Buffer) => {
      this.#said += chunk;
    });
    this.ended = new Promise((resolve) => terminal.on("close", () => resolve()));
  }

  said(): string {
    return this.#said;
  }

  ms(): number {
    return performance.now() - this.#started;
  }

  code(): number | undefined {
    const code = /exit:(\d+)/.exec(this.#said)?.[1];
    return code === undefined ? undefined : Number(code);
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
