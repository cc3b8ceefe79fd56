import type { LintInput, LintResult } from "./lint/lint-input.ts";
import type { Engine } from "./postgres/session.ts";
import type { RoundTrip } from "./report/model.ts";

export interface CheckPorts {
  /**
   * Starts an engine; called only when something is to be proved, again where a script took the first one down, and for
   * each part of a large folder that is proved on a server of its own.
   * Rejects with `EngineUnavailableError` where there is none.
   */
  readonly openEngine?: () => Promise<Engine>;
  /** That engine is a server of the user's, and nobody said a version: the rules judge for what it is. */
  readonly judgeByServer?: boolean;
  /** Who lints one folder again and again keeps a session (`LintSession`); absent: from scratch. */
  readonly lint?: (input: LintInput) => Promise<LintResult>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: Progress) => void;
}

export type Progress =
  | { readonly kind: "linted"; readonly files: number }
  | { readonly kind: "engine"; readonly name: string; readonly postgres: string }
  | { readonly kind: "proving"; readonly name: string; readonly index: number; readonly total: number }
  | { readonly kind: "proved"; readonly roundTrip: RoundTrip };
