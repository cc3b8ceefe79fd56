import type { BrowserWorker } from "#core/postgres/pglite/browser-threads.ts";
import type { Thread } from "./background.ts";

declare const Worker: new (script: string) => BrowserWorker;

/**
 * Starts a file of the bundle as a worker of the browser. A browser starts workers from the page's own origin only, and
 * an extension comes from another: so the worker is one line, which brings the file in.
 *
 * @param assets URL of the folder of the bundle, with a final slash
 */
export function webWorker(assets: string, file: string): BrowserWorker {
  const line = `globalThis.switchbackAssets=${JSON.stringify(assets)};importScripts(${JSON.stringify(assets + file)});`;
  return new Worker(URL.createObjectURL(new Blob([line], { type: "text/javascript" })));
}

/** The same as a thread that the extension calls. A worker of a browser does not tell when it ends: only its errors do. */
export function webThread(assets: string, file: string): Thread {
  const worker = webWorker(assets, file);
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.onmessage = ({ data }) => listener(data);
    },
    onExit: (listener) => {
      worker.onerror = ({ message }) => {
        worker.terminate();
        listener(message ?? `${file} does not run here`);
      };
    },
    terminate: () => worker.terminate(),
  };
}
