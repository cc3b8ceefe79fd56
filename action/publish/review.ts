import { createHash } from "node:crypto";
import type { Finding } from "#core/report/model.ts";
import type { Client } from "../github/client.ts";
import { granted, type Refusal, type Reply } from "../github/reply.ts";
import { endsWith, type Marked, marker, ours } from "./marker.ts";
import type { Suggestion } from "./suggestion.ts";

export interface Review {
  readonly number: number;
  /** The commit whose lines the suggestions count. */
  readonly commit: string;
  readonly suggestions: readonly Suggestion[];
}

interface ReviewComment extends Marked {
  readonly id: number;
  readonly path: string;
  /** Null once the line was changed. */
  readonly line?: number | null;
}

/** More than anybody reads; the comment and the annotations have the rest. */
const mostComments = 30;

/**
 * Offers fixes at their lines, each once: what stands there from an earlier run is not repeated. Answers with the
 * findings that have been told so. Needs `pull-requests: write`.
 */
export async function publishReview(client: Client, review: Review): Promise<Reply<ReadonlySet<Finding>>> {
  if (review.suggestions.length === 0) return granted(new Set());
  const path = `/pulls/${review.number}/comments`;
  const known = await written(client, path);
  if (!known.ok) return known;
  const { own, others } = known.value;
  // Of another bot, as when the token was another one, the very same text is enough.
  const said = (it: Suggestion) =>
    own.some(({ path: file, body }) => file === it.path && endsWith(body, markOf(it))) ||
    others.some(({ path: file, body }) => file === it.path && body?.trimEnd() === textOf(it));
  const told = review.suggestions.filter(said);
  const fresh = review.suggestions.filter((it) => !said(it)).slice(0, mostComments);
  if (fresh.length === 0) return granted(findingsOf(told));

  const sent = await client.send("POST", `/pulls/${review.number}/reviews`, {
    commit_id: review.commit,
    event: "COMMENT",
    comments: fresh.map(commentAt),
  });
  if (sent.ok) {
    await deleteRepeated(client, path);
    return granted(findingsOf([...told, ...fresh]));
  }
  if (sent.status !== 422) return sent;
  // One line that GitHub does not take refuses the whole review: the others go one by one.
  const single = await oneByOne(client, path, review.commit, fresh);
  return single.ok ? granted(findingsOf([...told, ...single.value])) : single;
}

interface Written {
  readonly own: ReviewComment[];
  /** Of other bots. */
  readonly others: readonly ReviewComment[];
}

async function written(client: Client, path: string): Promise<Reply<Written>> {
  const listed = await client.all<ReviewComment>(path, {}, 3000);
  if (!listed.ok) return listed;
  const marked = listed.value.filter((comment) => / -->\s*$/.test(comment.body ?? ""));
  const own = await ours(client, marked);
  return granted({ own, others: marked.filter((it) => !own.includes(it) && it.user?.type === "Bot") });
}

/**
 * The jobs of a matrix end together, and each has looked before the others wrote. Who writes last sees all; every one
 * keeps the first.
 */
async function deleteRepeated(client: Client, path: string): Promise<void> {
  const known = await written(client, path);
  if (!known.ok) return;
  const first = new Set<string>();
  for (const { id, path: file, line, body } of known.value.own.sort((a, b) => a.id - b.id)) {
    if (!line) continue;
    const which = `${file}:${line} ${body?.trimEnd().split("\n").at(-1)}`;
    if (first.has(which)) await client.send("DELETE", `/pulls/comments/${id}`);
    first.add(which);
  }
}

async function oneByOne(
  client: Client,
  path: string,
  commit: string,
  suggestions: readonly Suggestion[],
): Promise<Reply<Suggestion[]>> {
  const taken: Suggestion[] = [];
  let refusal: Refusal | undefined;
  for (const suggestion of suggestions) {
    const reply = await client.send("POST", path, { commit_id: commit, ...commentAt(suggestion) });
    if (reply.ok) taken.push(suggestion);
    else if (reply.status !== 422) refusal = reply;
  }
  return taken.length === 0 && refusal ? refusal : granted(taken);
}

/** GitHub refuses a start line that equals the line. */
function commentAt(suggestion: Suggestion) {
  const { path, lines } = suggestion;
  return {
    path,
    ...(lines.first < lines.last ? { start_line: lines.first, start_side: "RIGHT" } : {}),
    line: lines.last,
    side: "RIGHT",
    body: textOf(suggestion),
  };
}

function textOf(suggestion: Suggestion): string {
  return `${suggestion.body}\n${markOf(suggestion)}`;
}

/** Same fix in the same file: lines may have moved since. */
function markOf({ finding, body }: Suggestion): string {
  return marker(`${finding.rule} ${createHash("sha256").update(body).digest("hex").slice(0, 12)}`);
}

function findingsOf(suggestions: readonly Suggestion[]): ReadonlySet<Finding> {
  return new Set(suggestions.map((suggestion) => suggestion.finding));
}
