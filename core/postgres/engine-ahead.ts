import { type Engine, EngineUnavailableError } from "./session.ts";

/** The engine of a run, which something may have to know before the proof. */
export class EngineAhead {
  readonly #open: () => Promise<Engine>;
  /** Started, and not yet taken by the proof. */
  #waiting: Promise<Engine> | undefined;

  constructor(open: () => Promise<Engine>) {
    this.#open = open;
  }

  /** Undefined where none can be started: the proof, which asks again, says why. */
  async major(): Promise<number | undefined> {
    this.#waiting ??= this.#open();
    try {
      return (await this.#waiting).major;
    } catch (error) {
      if (error instanceof EngineUnavailableError) return undefined;
      throw error;
    }
  }

  /** The one that waits, or another. */
  readonly take = (): Promise<Engine> => {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting ?? this.#open();
  };

  /** Stops what nobody took. */
  async stop(): Promise<void> {
    const engine = await this.#waiting?.catch(() => undefined);
    await engine?.stop();
  }
}
