import { warning } from "@actions/core";
import { annotations } from "#core/report/annotations.ts";
import { isQuiet, type MarkdownOptions, renderMarkdown } from "#core/report/markdown.ts";
import type { Finding, Report } from "#core/report/model.ts";
import type { PullOccasion } from "../event.ts";
import { blobHash } from "../folder.ts";
import type { Client } from "../github/client.ts";
import { lacksPermission, type Refusal } from "../github/reply.ts";
import type { Inputs } from "../inputs.ts";
import type { Scene } from "../scene.ts";
import { publishAnnotations } from "./annotations.ts";
import { commentLimit, publishComment } from "./comment.ts";
import { hunks } from "./hunks.ts";
import { isCurrent } from "./is-current.ts";
import { commentId, whichJob } from "./job-of-comment.ts";
import { publishReview } from "./review.ts";
import { type Suggestion, suggestionFor } from "./suggestion.ts";
import { publishSummary, summaryLimit, summarySize } from "./summary.ts";

export interface PublishInput {
  readonly report: Report;
  readonly scene: Scene;
  readonly inputs: Inputs;
  readonly client?: Client | undefined;
  /** Absent where there is no pull request to write to. */
  readonly pull?: PullOccasion | undefined;
  /** Address of a line of a file. */
  readonly link: (file: string, line: number) => string;
  readonly runUrl?: string | undefined;
  /** Annotations of a run that is not about the pull request's commit would stand beside other code. */
  readonly annotate: boolean;
  readonly summaryFile?: string | undefined;
  readonly source: (file: string) => string | undefined;
}

/**
 * Tells the report on every surface that was asked for: fixes at their lines first, then the comment, then annotations
 * for what has not been said at its line, and the summary, which nothing can refuse. What GitHub refuses is left to the
 * next surface, with one warning for all.
 */
export async function publish(input: PublishInput): Promise<void> {
  const { report, scene, inputs, client, pull } = input;
  const refusals: Refusal[] = [];
  let suggested: ReadonlySet<Finding> = new Set();
  const open = pull && client && (inputs.review || inputs.comment) && (await isCurrent(client, pull));
  if (open && inputs.review) {
    const review = { number: pull.number, commit: pull.head.sha, suggestions: suggestions(input) };
    const reply = await publishReview(client, review);
    if (reply.ok) suggested = reply.value;
    else refusals.push(reply);
  }
  const options = {
    which: whichJob(report.folder, inputs, report.engine),
    facts: scene.facts,
    notes: scene.notes,
    link: input.link,
    suggested,
    pulls: new Set(scene.pulls.map(({ number }) => number)),
  };
  if (open && inputs.comment) {
    const summary = input.runUrl && inputs.summary ? `[the summary of the run](${input.runUrl})` : undefined;
    const whole = summary ? { whole: summary } : {};
    const body = renderMarkdown(report, { ...options, ...whole, limit: commentLimit });
    const comment = {
      number: pull.number,
      id: commentId(report.folder, inputs),
      body,
      quiet: isQuiet(report),
    };
    const reply = await publishComment(client, comment);
    if (!reply.ok) refusals.push(reply);
  }
  // The eleventh of a level would be lost, and what the run says of itself comes last.
  if (inputs.annotations && input.annotate) publishAnnotations(annotations(report, suggested, 1));
  if (inputs.summary) publishSummary(summaryText(report, options), input.summaryFile);
  const [first] = refusals;
  if (isQuiet(report)) return;
  if (first) warning(refusalWords(first, pull));
  else if (pull && !client && (inputs.review || inputs.comment))
    warning(`There is no github-token, so nothing is said on the pull request. ${elsewhere}`);
}

function summaryText(report: Report, options: Omit<MarkdownOptions, "limit">): string {
  return renderMarkdown(report, { ...options, limit: summaryLimit, measure: summarySize });
}

/** Fixes of files that stand in the checkout exactly as in the pull request: only then do the line numbers agree. */
function suggestions({ report, scene, source }: PublishInput): Suggestion[] {
  const bytes = new Map(scene.files.map((file) => [file.path, file.bytes]));
  const shown = new Map(
    scene.diff.flatMap(({ filename, sha, patch }) => {
      const own = bytes.get(filename);
      return patch && own && blobHash(own) === sha ? [[filename, hunks(patch)] as const] : [];
    }),
  );
  return report.findings.flatMap((finding) => {
    const text = source(finding.file);
    const spans = shown.get(finding.file);
    const suggestion = text !== undefined && spans ? suggestionFor(finding, text, spans) : undefined;
    return suggestion ? [suggestion] : [];
  });
}

const elsewhere = "The report is in the annotations and in the summary of the run.";

function refusalWords(refusal: Refusal, pull: PullOccasion | undefined): string {
  if (!lacksPermission(refusal)) {
    return `GitHub did not take the report for the pull request (${refusal.message}). ${elsewhere}`;
  }
  return pull?.fork && !pull.privileged
    ? `The pull request comes from a fork, so the token may only read. ${elsewhere} To have a comment as well, add the second workflow of examples/forks: it has pull-requests: write and runs after this one.`
    : `The token may not write to the pull request: the job needs permissions: pull-requests: write. ${elsewhere}`;
}
