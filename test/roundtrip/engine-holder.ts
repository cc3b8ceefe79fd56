import type { Engine } from "#core/postgres/session.ts";

/** The engine of a test file: opened once, and again after a case took it down. */
export class EngineHolder {
  readonly #open: () => Promise<Engine>;
  #engine: Engine | undefined;

  constructor(open: () => Promise<Engine>) {
    this.#open = open;
  }

  async current(): Promise<Engine> {
    this.#engine ??= await this.#open();
    return this.#engine;
  }

  readonly reopen = async (): Promise<Engine> => {
    this.#engine = await this.#open();
    return this.#engine;
  };

  async stop(): Promise<void> {
    await this.#engine?.stop();
  }
}
