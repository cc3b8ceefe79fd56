import { Worker } from "node:worker_threads";
import type { Thread } from "./background.ts";

/** Starts a file of the bundle as a thread of the extension host's process. */
export function nodeThread(file: string): Thread {
  // Nothing of the host's own flags or loaders: they are not meant for this thread.
  const worker = new Worker(file, { execArgv: [], stdout: true, stderr: true });
  let lastWords = "";
  worker.stderr.on("data", (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-2000);
  });
  let failure: string | undefined;
  worker.on("error", (error) => {
    failure = error.message;
  });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on("message", listener),
    onExit: (listener) =>
      worker.once("exit", (code) => listener(failure ?? (lastWords.trim() || `it ended with code ${code}`))),
    terminate: () => void worker.terminate(),
  };
}
