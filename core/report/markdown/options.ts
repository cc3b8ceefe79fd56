import type { Finding } from "../model.ts";

export interface MarkdownOptions {
  /** Longest result, in UTF-16 code units or bytes, whichever `measure` counts. */
  readonly limit: number;
  readonly measure?: (text: string) => number;
  /** Which migrations, where there may be others: "in `services/auth/db`", as Markdown. */
  readonly which?: string;
  /** Where everything stands that does not fit: "[the summary of the run](https://…)", as Markdown. */
  readonly whole?: string;
  /** What the run looked at, for the last line: `main@3f2c1ab`, `4 open pull requests looked at`. */
  readonly facts?: readonly string[];
  /** What could not be seen, and what would show it. */
  readonly notes?: readonly string[];
  /** Address of a line. */
  readonly link?: (file: string, line: number) => string;
  /** Findings whose fix stands at the line as a suggestion. */
  readonly suggested?: ReadonlySet<Finding>;
  /** Pull requests that may be referred to by number. */
  readonly pulls?: ReadonlySet<number>;
}
