/** What keeps a run from being made, or from being good; with its place where that is a line of the repository. */
export interface Problem {
  readonly words: string;
  readonly place?: Place | undefined;
}

export interface Place {
  /** From the root of the repository. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
