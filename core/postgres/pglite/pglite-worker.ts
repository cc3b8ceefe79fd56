import { EngineLostError, PostgresError } from "../session.ts";
import type { Answer, Order, Request, Response } from "./messages.ts";
import type { StartThread, Thread } from "./thread.ts";

interface Pending {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** The host's end of a worker thread. Ending the thread stops whatever WASM is doing. */
export class PgliteWorker {
  readonly #thread: Thread;
  readonly #pending = new Map<number, Pending>();
  #next = 0;
  #lost: EngineLostError | undefined;

  constructor(start: StartThread) {
    this.#thread = start({
      onAnswer: (response) => this.#settle(response),
      onEnd: (why) => this.#lose(why),
    });
  }

  get alive(): boolean {
    return this.#lost === undefined;
  }

  ask(order: Order): Promise<Answer> {
    if (this.#lost) return Promise.reject(this.#lost);
    const request: Request = { id: this.#next++, order };
    return new Promise((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject });
      this.#thread.post(request);
    });
  }

  /** Ends the thread; what was running rejects with `EngineLostError`. Never rejects. */
  async end(): Promise<void> {
    this.#lose("PGlite was stopped");
    await this.#thread.end();
  }

  #settle(response: Response): void {
    const pending = this.#pending.get(response.id);
    if (!pending) return;
    if ("broken" in response) {
      this.#lose(response.broken);
      void this.#thread.end();
      return;
    }
    this.#pending.delete(response.id);
    if ("answer" in response) pending.resolve(response.answer);
    else
      pending.reject(new PostgresError(response.complaint as ConstructorParameters<typeof PostgresError>[0]));
  }

  #lose(why: string): void {
    this.#lost ??= new EngineLostError(why);
    for (const { reject } of this.#pending.values()) reject(this.#lost);
    this.#pending.clear();
  }
}
