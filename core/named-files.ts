import { readFileSync } from "node:fs";
import type { CheckInput } from "./check-input.ts";
import type { Config } from "./config/config.ts";
import { decode } from "./migration/decode.ts";
import { readFixtures } from "./roundtrip/data/read-fixtures.ts";

export interface NamedFiles {
  readonly input: Pick<CheckInput, "prelude" | "baseline" | "fixtures">;
  readonly problems: readonly NamedProblem[];
}

interface NamedProblem {
  /** The key that names what cannot be read. */
  readonly option: keyof NamedFiles["input"];
  /** A sentence without a final full stop. */
  readonly words: string;
}

/**
 * What a configuration names and a check reads: SQL that runs first, rows of one's own. `shownAs` gives a path as messages
 * show it, and undefined for one that lies outside of the repository.
 */
export function namedFiles(
  { prelude, baseline, fixtures }: Config,
  shownAs: (path: string) => string | undefined = (path) => path,
): NamedFiles {
  const problems: NamedProblem[] = [];
  const read = <T>(
    option: NamedProblem["option"],
    path: string | undefined,
    of: (path: string, shown: string) => T,
  ) => {
    if (path === undefined) return undefined;
    const shown = shownAs(path);
    if (shown === undefined) {
      problems.push({
        option,
        words: `the ${option} ${path} ${option === "fixtures" ? "are" : "is"} outside of the repository`,
      });
      return undefined;
    }
    try {
      return of(path, shown);
    } catch (error) {
      problems.push({ option, words: `cannot read the ${option} ${shown}: ${reasonOf(error)}` });
      return undefined;
    }
  };
  const before = read("prelude", prelude, sqlFile);
  const dump = read("baseline", baseline, sqlFile);
  const rows = read("fixtures", fixtures, readFixtures);
  return {
    input: {
      ...(before ? { prelude: before } : {}),
      ...(dump ? { baseline: dump } : {}),
      ...(rows ? { fixtures: rows } : {}),
    },
    problems,
  };
}

/** A redirection in PowerShell writes UTF-16, which is no reason to refuse a dump. */
function sqlFile(file: string, shown: string): { readonly path: string; readonly text: string } {
  return { path: shown, text: decode({ path: file, bytes: readFileSync(file) }).file.text };
}

/** Node names the whole path behind it, which the sentence has said. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/, \w+ '.*'$/, "");
}
