import type { Config } from "./config/config.ts";
import type { OtherPull } from "./history/pull.ts";
import type { RawFile } from "./migration/model.ts";
import type { Shard } from "./report/model.ts";

export interface CheckInput {
  /** The migration folder as messages show it. */
  readonly folder: string;
  /** Every file of the folder. */
  readonly files: readonly RawFile[];
  /** Files of the folder that could not be read, and why: "permission denied". */
  readonly unreadable?: readonly { readonly path: string; readonly reason: string }[];
  readonly config: Config;
  readonly lint: boolean;
  readonly prove: boolean;
  /** The prelude file. */
  readonly prelude?: { readonly path: string; readonly text: string };
  /** A plain dump of `pg_dump`, in place of the migrations before the first that is reported on. */
  readonly baseline?: { readonly path: string; readonly text: string };
  /** A team's own rows: `<version>.sql` goes in after the up of that version. */
  readonly fixtures?: readonly { readonly path: string; readonly text: string }[];
  /** The part of what would be reported on that this run carries. */
  readonly shard?: Shard;
  /** Only these versions are reported on; the rest is the baseline. */
  readonly only?: readonly string[];
  /** Paths that this change set touches; absent: everything is new. */
  readonly changed?: ReadonlySet<string>;
  /** Report on the rest of the folder too; `changed` then only tells what the change did to the base. */
  readonly everything?: boolean;
  /** The same folder on the base branch's tip. */
  readonly base?: {
    readonly ref: string;
    /** What git calls it in a clone, where that is another name: `origin/main`. */
    readonly cloneRef?: string;
    readonly files: readonly RawFile[];
  };
  /** Other open pull requests to the same branch. */
  readonly pulls?: readonly OtherPull[];
}
