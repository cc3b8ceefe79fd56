import type { FolderFile, Layout } from "../migration/layout/layout.ts";
import type { Migration } from "../migration/model.ts";
import type { FileChange } from "./changes.ts";
import type { OtherPull } from "./pull.ts";

/** A folder before and after a change, and what others have in flight. */
export interface History {
  /** The folder with this change in it. */
  readonly head: readonly Migration[];
  /** All that the runner reads in it: some files go where others go. */
  readonly files: readonly FolderFile[];
  /** Versions of migrations that are programs, in it and on the base branch's tip. */
  readonly programs: readonly string[];
  /** The folder on the base branch's tip. */
  readonly base: readonly Migration[];
  /** All that the runner reads there. */
  readonly baseFiles: readonly FolderFile[];
  /** The base branch as people call it: `main`. */
  readonly ref: string;
  /** What git calls it in the clone of who reads this: `origin/main`. */
  readonly cloneRef: string;
  /** What this change did to the folder's files, against the base branch. */
  readonly changes: readonly FileChange[];
  readonly pulls: readonly OtherPull[];
  /** The folder, and how it spells versions: other pull requests are known by paths alone. */
  readonly folder: string;
  readonly layout: Layout;
}
