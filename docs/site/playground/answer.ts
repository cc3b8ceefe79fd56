import type { Finding } from "../../../core/report/model.ts";
import type { ChangedLine } from "../../../core/report/text/changed-lines.ts";
import type { Side, Texts } from "./texts.ts";

/** What the page asks of a worker; answers come under the same number. */
export interface Question {
  readonly id: number;
  readonly texts: Texts;
}

/** A finding about one of the texts. Offsets are 0-based UTF-16 code units into it. */
export interface ShownFinding {
  readonly rule: string;
  readonly severity: Finding["severity"];
  readonly message: string;
  readonly why?: string;
  readonly help?: string;
  /** What the round trip said about the same cause. */
  readonly proof?: string;
  /** What the proof expected and found, under a sentence each where there are several. */
  readonly changes: readonly { readonly words: string; readonly lines: readonly ChangedLine[] }[];
  /** What the texts are after it. */
  readonly fix?: { readonly title: string; readonly texts: Texts };
  readonly side: Side;
  /** 1-based. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface ShownVerdict {
  readonly failed: boolean;
  /** "reversible", "drift after down" */
  readonly words: string;
  /** "PostgreSQL 18.3 (PGlite)" */
  readonly engine: string;
  /** Milliseconds of the round trip, without the start of PostgreSQL. */
  readonly ms: number;
}

export interface Answer {
  readonly findings: readonly ShownFinding[];
  readonly verdict?: ShownVerdict;
  /** Why there is no verdict where one was asked for. */
  readonly unproved?: string;
}
