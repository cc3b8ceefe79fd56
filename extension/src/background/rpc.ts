/** Calls across a thread boundary: each method takes one value and returns one, both structured-cloneable. */

/** One end of a message channel. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

export type ToWorker =
  | { readonly kind: "call"; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly kind: "cancel"; readonly id: number };

export type FromWorker =
  | { readonly kind: "result"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly message: string }
  | { readonly kind: "event"; readonly id: number; readonly value: unknown };

/** What a method gets beside its input. */
export interface CallContext {
  readonly signal: AbortSignal;
  emit(event: unknown): void;
}

export type Handlers<M> = {
  readonly [K in keyof M]: M[K] extends (input: infer I) => Promise<infer R>
    ? (input: I, context: CallContext) => Promise<R> | R
    : never;
};

/** Answers calls on a port for as long as it lives. */
export function serve<M>(port: Port, handlers: Handlers<M>): void {
  const running = new Map<number, AbortController>();
  const post = (message: FromWorker) => port.post(message);
  port.onMessage(async (raw) => {
    const message = raw as ToWorker;
    if (message.kind === "cancel") {
      running.get(message.id)?.abort();
      return;
    }
    const { id } = message;
    const controller = new AbortController();
    running.set(id, controller);
    const handler = handlers[message.method as keyof M] as (i: unknown, c: CallContext) => unknown;
    try {
      const context = {
        signal: controller.signal,
        emit: (value: unknown) => post({ kind: "event", id, value }),
      };
      post({ kind: "result", id, value: await handler(message.input, context) });
    } catch (error) {
      post({
        kind: "failure",
        id,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    } finally {
      running.delete(id);
    }
  });
}
