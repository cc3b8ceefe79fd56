import { type EngineChoice, openEngine } from "#core/postgres/open-engine.ts";
import type { Engine } from "#core/postgres/session.ts";

/** One engine for all that a command does, started when it is first asked for. */
export class EngineAtHand {
  readonly #choice: EngineChoice;
  readonly signal: AbortSignal;
  #engine: Engine | undefined;

  constructor(choice: EngineChoice, signal: AbortSignal) {
    this.#choice = choice;
    this.signal = signal;
  }

  /** Rejects with `EngineUnavailableError`. */
  async current(): Promise<Engine> {
    this.#engine ??= await openEngine(this.#choice, this.signal);
    return this.#engine;
  }

  /** Starts another one, after the first was lost. */
  readonly reopen = async (): Promise<Engine> => {
    this.#engine = await openEngine(this.#choice, this.signal);
    return this.#engine;
  };

  async stop(): Promise<void> {
    await this.#engine?.stop();
  }
}
