export interface TerminalOptions {
  readonly color: boolean;
  /** Cells per line. */
  readonly width: number;
  /** Text of a file that a finding points into, where it is at hand. */
  readonly source: (file: string) => string | undefined;
  /** What applies the fixes of this very run. */
  readonly fixCommand?: string;
}
