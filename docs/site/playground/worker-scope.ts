/** The browser's side of a worker, of whose types nothing else here has need. */
interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: object): void;
}

export const workerScope = globalThis as unknown as WorkerScope;
