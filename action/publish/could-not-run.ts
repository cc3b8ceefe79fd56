import { cut, prose } from "#core/report/markdown/escape.ts";
import type { PullOccasion } from "../event.ts";
import type { Client } from "../github/client.ts";
import type { Inputs } from "../inputs.ts";
import type { Problem } from "../problem.ts";
import { publishComment } from "./comment.ts";
import { isCurrent } from "./is-current.ts";
import { commentId, whichJob } from "./job-of-comment.ts";

export interface CouldNotRun {
  readonly problems: readonly Problem[];
  /** From the root of the repository; undefined where nobody knows which it would have been. */
  readonly folder: string | undefined;
  readonly inputs: Inputs;
  readonly client: Client | undefined;
  /** Absent where there is no pull request to write to. */
  readonly pull: PullOccasion | undefined;
}

/**
 * The comment must not go on saying what was true of an earlier push. Where there is none, none is written: the job
 * has failed, and says why. What GitHub refuses is left as it is for the same reason.
 */
export async function publishCouldNotRun(run: CouldNotRun): Promise<void> {
  const { problems, folder, inputs, client, pull } = run;
  if (folder === undefined || !client || !pull || !inputs.comment) return;
  if (!(await isCurrent(client, pull))) return;
  const shown = folder || ".";
  const body = renderCouldNotRun(whichJob(shown, inputs, undefined), problems);
  await publishComment(client, { number: pull.number, id: commentId(shown, inputs), body, quiet: true });
}

/** More are in the log; nobody reads that many in a comment. */
const most = 10;
const longest = 600;

function renderCouldNotRun(which: string, problems: readonly Problem[]): string {
  const head = `### Migrations${which ? ` ${which}` : ""}: the check could not run`;
  const items = problems.slice(0, most).map(({ words }) => `- ${item(words)}`);
  const rest = problems.length > most ? [`- and ${problems.length - most} more: see the log of the run`] : [];
  return [head, [...items, ...rest].join("\n")].join("\n\n");
}

/** Two spaces at the end, and at the start: the lines stay lines, of this item. */
function item(words: string): string {
  return cut(words, longest)
    .split("\n")
    .map((line) => prose(line))
    .join("  \n  ");
}
