import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Identity } from "./identity.ts";
import { serverEnvironment } from "./run-command.ts";

/**
 * Runs the server as a child of a small shell in a session of its own. The shell waits for its standard input to end,
 * which it does when we say so and also when this process dies of whatever cause, `kill -9` included. Then it ends the
 * server at once and removes the run folder, unless told to keep it. A shell starts what runs in its background deaf to
 * SIGQUIT, and a server that has just begun to start is so still: it is told until it is gone. Descriptor 3 is open as
 * long as any process of the server lives. A server that was killed leaves a shared memory segment, named in the seventh line of its pid file.
 */
const script = `
trap : HUP INT TERM
run=$1; shift
"$@" </dev/null >"$run/log" 2>&1 &
server=$!
exec 3>&-
read -r word
while kill -QUIT "$server" 2>/dev/null; do sleep 0.02 || sleep 1; done
segment=$(sed -n '7s/^ *[0-9]* *//p' "$run/data/postmaster.pid" 2>/dev/null)
[ -z "$segment" ] || ipcrm -m "$segment"
cd /
[ "$word" = keep ] || rm -rf "$run"
`;

/** A server process and the shell that looks after it. */
export class Supervisor {
  readonly #run: string;
  readonly #shell: ChildProcess;
  readonly #ended: Promise<unknown>;
  #serverAlive = true;

  constructor(run: string, command: readonly string[], identity: Identity | undefined) {
    this.#run = run;
    this.#shell = spawn("/bin/sh", ["-c", script, "switchback", run, ...command], {
      cwd: run,
      env: serverEnvironment(),
      detached: true,
      stdio: ["pipe", "ignore", "ignore", "pipe"],
      ...identity,
    });
    this.#ended = once(this.#shell, "close").catch(() => {});
    // The shell may be gone before the pipe to it is closed.
    this.#shell.stdin?.on("error", () => {});
    const open = this.#shell.stdio[3] as Readable;
    open.on("close", () => {
      this.#serverAlive = false;
    });
    open.on("error", () => {});
    open.resume();
  }

  /** False when the last process of the server is gone. */
  get serverAlive(): boolean {
    return this.#serverAlive;
  }

  /** What the server wrote, for the message that says why it did not start. */
  log(): string {
    try {
      return readFileSync(join(this.#run, "log"), "utf8").trim();
    } catch {
      return "";
    }
  }

  /** Ends the server and removes the run folder, or keeps it for another server. Never rejects. */
  async stop(folder: "remove" | "keep" = "remove"): Promise<void> {
    this.#shell.stdin?.end(`${folder}\n`);
    await this.#ended;
  }
}
