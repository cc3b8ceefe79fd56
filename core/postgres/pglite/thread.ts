import type { Request, Response } from "./messages.ts";

/** Whoever asked hears of each answer, and once of the end. */
export interface Listener {
  onAnswer(response: Response): void;
  onEnd(why: string): void;
}

/** What an instance runs in: a thread of Node, or a worker of a browser. */
export interface Thread {
  post(request: Request): void;
  /** Stops whatever WASM is doing. Never rejects. */
  end(): Promise<unknown>;
}

export type StartThread = (listener: Listener) => Thread;
