import type { Progress } from "#core/check-ports.ts";
import type { Config } from "#core/config/config.ts";
import type { Report } from "#core/report/model.ts";
import type { FileContent, LintResult, Proposal } from "../analysis/methods.ts";

/** What the editor may run migrations on: always scratch databases, made for the run. */
export const proofEngines = ["pglite", "embedded", "docker", "server"] as const;
export type ProofEngine = (typeof proofEngines)[number];

/** Findings know which statement made what is left behind. */
export type Foreseen = Pick<LintResult, "findings" | "foreign">;

/** A folder, and what runs its files. */
export interface ScratchInput {
  /** The migration folder as messages show it. */
  readonly folder: string;
  readonly files: readonly (readonly [path: string, content: FileContent])[];
  /** Its layout is the folder's own, not `auto`. */
  readonly config: Config;
  readonly engine: ProofEngine;
  /** Of the engine `server`. */
  readonly url?: string;
  /** Of the engine `embedded`: where the project's binaries are looked for. The editor itself runs anywhere. */
  readonly cwd?: string;
  /** The prelude file. */
  readonly prelude?: { readonly path: string; readonly text: string };
}

export interface ProofInput extends ScratchInput {
  /** What the editor has found in these files already. */
  readonly foreseen: Foreseen;
  /** Versions to prove; absent: all. */
  readonly only?: readonly string[];
}

export type ProofEvent = Progress;

/** What the proving thread can be asked. */
export interface ProofMethods {
  prove(input: ProofInput): Promise<Report>;
  /** From the catalogs before and after the up; undefined where the ups do not run. */
  proposeDown(input: ScratchInput & { readonly version: string }): Promise<Proposal | undefined>;
}
