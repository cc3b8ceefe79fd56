import { Worker } from "node:worker_threads";
import type { Response } from "./messages.ts";
import type { StartThread } from "./thread.ts";

/** Threads of Node that run `script`, the built `worker.ts`. */
export function nodeThreads(script: URL): StartThread {
  return ({ onAnswer, onEnd }) => {
    // PGlite prints to the console when it breaks; that is said by our own error.
    const worker = new Worker(script, {
      stdout: true,
      stderr: true,
      execArgv: [],
      // SQL may be a stranger's, and our environment may hold a token.
      env: {},
      // PostgreSQL looks after a stack of 2 MB of its own; WASM's frames for it need more than a thread's usual 4.
      resourceLimits: { stackSizeMb: 16 },
    });
    worker.on("message", (response: Response) => onAnswer(response));
    worker.on("error", (error) => onEnd(error.message));
    worker.on("exit", () => onEnd("PGlite ended"));
    return { post: (request) => worker.postMessage(request), end: () => worker.terminate() };
  };
}
