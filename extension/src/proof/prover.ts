import type { Report } from "#core/report/model.ts";
import type { Proposal } from "../analysis/methods.ts";
import type { Thread } from "../background/background.ts";
import { Background } from "../background/background.ts";
import type { ProofEvent, ProofInput, ProofMethods, ScratchInput } from "./methods.ts";

export interface ProofOptions {
  readonly signal: AbortSignal;
  readonly onEvent: (event: ProofEvent) => void;
}

export interface ProverTimes {
  /** Milliseconds that a cancelled proof has to stop its engine before its thread is killed. */
  readonly grace: number;
  /** Milliseconds without a proof after which the engine's memory is given back. */
  readonly idle: number;
}

/** Runs proofs one after another in a thread of their own, which can be killed without harm to the editor. */
export class Prover {
  readonly #background: Background<ProofMethods>;
  readonly #times: ProverTimes;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => Thread, times: ProverTimes) {
    this.#background = new Background(start);
    this.#times = times;
  }

  /** Rejects with `CancelledError`, or with `BackgroundLostError` where the engine took its thread with it. */
  prove(input: ProofInput, { signal, onEvent }: ProofOptions): Promise<Report> {
    const { grace } = this.#times;
    return this.#inTurn(() =>
      this.#background.call<"prove", ProofEvent>("prove", input, { signal, onEvent, grace }),
    );
  }

  /** Rejects as `prove` does. */
  proposeDown(
    input: ScratchInput & { readonly version: string },
    signal: AbortSignal,
  ): Promise<Proposal | undefined> {
    const { grace } = this.#times;
    return this.#inTurn(() => this.#background.call("proposeDown", input, { signal, grace }));
  }

  /** Busy: what is asked for now has to wait for a proof. */
  get state(): "cold" | "warm" | "busy" {
    if (this.#waiting > 0) return "busy";
    return this.running ? "warm" : "cold";
  }

  get running(): boolean {
    return this.#background.running;
  }

  /** Ends what runs at once; the next proof starts anew. */
  kill(reason: string): void {
    this.#background.kill(reason);
  }

  dispose(): void {
    clearTimeout(this.#idle);
    this.#background.kill("the editor is closing");
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#waiting++;
    const turn = this.#last.then(work).finally(() => {
      this.#waiting--;
      if (this.#waiting === 0) this.#idle = setTimeout(() => this.#background.kill("idle"), this.#times.idle);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
