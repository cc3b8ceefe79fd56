import type { OtherPull } from "#core/history/pull.ts";
import type { RawFile } from "#core/migration/model.ts";
import type { PullFile } from "./github/pulls.ts";

/** Everything that a run looks at, gathered before the check. */
export interface Scene {
  /** The folder with the change in it. */
  readonly files: readonly RawFile[];
  /** Paths of the folder that the change touches, old names included; absent where everything counts as new. */
  readonly changed?: ReadonlySet<string>;
  /** The folder where the change is going. */
  readonly base?: BaseFolder;
  readonly pulls: readonly OtherPull[];
  /** The diff of the pull request, for comments at its lines. */
  readonly diff: readonly PullFile[];
  /** What was looked at: `base main@3f2c1ab`. */
  readonly facts: readonly string[];
  /** What could not be seen, and what would show it. */
  readonly notes: readonly string[];
}

export interface BaseFolder {
  readonly ref: string;
  /** For who reads the report in a clone: `origin/main`, or the commit where the branch has moved on already. */
  readonly cloneRef: string;
  readonly sha: string;
  readonly files: readonly RawFile[];
}
