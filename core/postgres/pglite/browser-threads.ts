import type { Response } from "./messages.ts";
import type { StartThread } from "./thread.ts";

/** As much of a browser's worker as is used here: the types of Node leave it out. */
export interface BrowserWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

/** Workers of a browser. `silent` is said of one that breaks and does not say why. */
export function browserThreads(start: () => BrowserWorker, silent: string): StartThread {
  return ({ onAnswer, onEnd }) => {
    const worker = start();
    worker.onmessage = ({ data }) => onAnswer(data as Response);
    worker.onerror = ({ message }) => onEnd(message ?? silent);
    return {
      post: (request) => worker.postMessage(request),
      // A worker of a browser does not tell when it ends.
      end: async () => {
        worker.terminate();
        onEnd("PGlite ended");
      },
    };
  };
}
