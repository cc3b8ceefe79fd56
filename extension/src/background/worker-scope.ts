/** As much of a browser worker's own scope as is used here: the types of Node leave it out. */
interface WorkerScope {
  onmessage: (event: { readonly data: unknown }) => void;
  postMessage(message: unknown): void;
  /** URL of the folder of the bundle, with a final slash: a worker's own address says nothing of it. */
  readonly switchbackAssets: string;
}

export const workerScope = globalThis as unknown as WorkerScope;
