import { parentPort } from "node:worker_threads";
import type { Port } from "./rpc.ts";

/** The port to whoever started this thread of Node. */
export function nodePort(): Port {
  if (!parentPort) throw new Error("This file runs as a worker only");
  const port = parentPort;
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on("message", listener),
  };
}
