import type { FromWorker, Port, ToWorker } from "./rpc.ts";

/** A started worker. */
export interface Thread extends Port {
  /** Called once, when the worker is gone for whatever reason. */
  onExit(listener: (reason: string) => void): void;
  terminate(): void;
}

/** The worker died, or was killed, before it answered. */
export class BackgroundLostError extends Error {
  override readonly name = "BackgroundLostError";
}

/** The caller took the call back. */
export class CancelledError extends Error {
  override readonly name = "CancelledError";
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onEvent: ((event: never) => void) | undefined;
}

export interface CallOptions<E> {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: E) => void;
  /** Milliseconds that a cancelled call has to end by itself before its worker is killed. */
  readonly grace?: number;
}

/** A worker that starts at the first call and again at the first call after it was lost. */
export class Background<M> {
  readonly #start: () => Thread;
  readonly #pending = new Map<number, Pending>();
  #thread: Thread | undefined;
  #nextId = 1;
  /** Goes up each time a worker starts: what was sent to an earlier one is gone. */
  generation = 0;

  constructor(start: () => Thread) {
    this.#start = start;
  }

  call<K extends keyof M & string, E = unknown>(
    method: K,
    input: M[K] extends (input: infer I) => unknown ? I : never,
    options: CallOptions<E> = {},
  ): Promise<M[K] extends (input: never) => Promise<infer R> ? R : never> {
    const { signal, onEvent, grace } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new CancelledError());
        return;
      }
      const thread = this.ensure();
      const id = this.#nextId++;
      let killer: ReturnType<typeof setTimeout> | undefined;
      const cancel = () => {
        post(thread, { kind: "cancel", id });
        if (grace !== undefined)
          killer = setTimeout(() => this.kill("it did not stop when it was cancelled"), grace);
      };
      const settle = () => {
        this.#pending.delete(id);
        signal?.removeEventListener("abort", cancel);
        clearTimeout(killer);
      };
      this.#pending.set(id, {
        resolve: (value) => {
          settle();
          resolve(value as never);
        },
        reject: (error) => {
          settle();
          reject(signal?.aborted ? new CancelledError() : error);
        },
        onEvent: onEvent as Pending["onEvent"],
      });
      signal?.addEventListener("abort", cancel, { once: true });
      post(thread, { kind: "call", id, method, input });
    });
  }

  /** Starts the worker where none runs. */
  ensure(): Thread {
    if (this.#thread) return this.#thread;
    const thread = this.#start();
    this.#thread = thread;
    this.generation++;
    thread.onMessage((message) => this.#receive(message as FromWorker));
    thread.onExit((reason) => {
      if (this.#thread === thread) this.#lose(reason);
    });
    return thread;
  }

  /** Ends the worker at once; every call that waits fails with `BackgroundLostError`. */
  kill(reason: string): void {
    this.#thread?.terminate();
    this.#lose(reason);
  }

  get running(): boolean {
    return this.#thread !== undefined;
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.kind === "event") pending.onEvent?.(message.value as never);
    else if (message.kind === "result") pending.resolve(message.value);
    else pending.reject(new Error(message.message));
  }

  #lose(reason: string): void {
    this.#thread = undefined;
    for (const pending of [...this.#pending.values()]) pending.reject(new BackgroundLostError(reason));
  }
}

function post(thread: Thread, message: ToWorker): void {
  thread.post(message);
}
