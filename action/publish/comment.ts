import { withoutTimes } from "#core/report/markdown.ts";
import type { Client } from "../github/client.ts";
import { granted, lacksPermission, type Reply } from "../github/reply.ts";
import { endsWith, type Marked, marker, ours } from "./marker.ts";

/** GitHub's limit is 65,536 characters. */
export const commentLimit = 65_000;

export interface StickyComment {
  readonly number: number;
  /** Tells the comments of two jobs (two folders) of one pull request apart. */
  readonly id: string;
  readonly body: string;
  /** Nothing to say: an existing comment is brought up to date, a new one is not written. */
  readonly quiet: boolean;
}

type Outcome = "created" | "updated" | "unchanged" | "none";

interface Comment extends Marked {
  readonly id: number;
}

const mostComments = 5000;

/** Keeps one comment per pull request and id, in step with the last run. Needs `pull-requests: write`. */
export async function publishComment(client: Client, comment: StickyComment): Promise<Reply<Outcome>> {
  const mark = marker(comment.id);
  const body = `${comment.body}\n\n${mark}`;
  const found = await find(client, comment.number, mark);
  if (!found.ok) return found;
  const { own, others } = found.value;
  const [first, ...more] = own;
  if (first) {
    // Two runs that started together each wrote one, or two tokens: what nobody brings up to date must not stay.
    for (const { id } of [...more, ...others]) await client.send("DELETE", `/issues/comments/${id}`);
    return update(client, first, body);
  }
  for (const other of others) {
    const reply = await update(client, other, body);
    if (reply.ok || !lacksPermission(reply)) return reply;
  }
  if (comment.quiet) return granted("none");

  const path = `/issues/${comment.number}/comments`;
  const created = await client.send("POST" as const, path, { body });
  if (created.ok) return granted("created");
  if (created.status !== 0 && created.status < 500) return created;
  // GitHub stumbled, perhaps after it had stored the comment: look before it is written twice.
  const stored = await find(client, comment.number, mark);
  if (!stored.ok) return stored;
  if (stored.value.own.length > 0) return granted("created");
  const again = await client.send("POST", path, { body });
  return again.ok ? granted("created") : again;
}

interface Found {
  readonly own: readonly Comment[];
  /** Of other bots: the token was another one then. */
  readonly others: readonly Comment[];
}

async function find(client: Client, number: number, mark: string): Promise<Reply<Found>> {
  const all = await client.all<Comment>(`/issues/${number}/comments`, {}, mostComments);
  if (!all.ok) return all;
  const marked = all.value.filter((comment) => endsWith(comment.body, mark));
  const own = await ours(client, marked);
  return granted({ own, others: marked.filter((comment) => !own.includes(comment) && isReport(comment)) });
}

/**
 * Is all of this comment a report of Switchback that a bot wrote? Strangers are no bots. A bot may quote one at the end
 * of what it says, which must not be written over: then it does not begin as ours do.
 */
function isReport({ user, body }: Comment): boolean {
  return user?.type === "Bot" && /^(?:### |[✓⚠] \*\*)Migrations\b/.test(body ?? "");
}

async function update(client: Client, comment: Comment, body: string): Promise<Reply<Outcome>> {
  // How long the run took is no news: a comment that is edited looks like one.
  if (withoutTimes(comment.body ?? "") === withoutTimes(body)) return granted("unchanged");
  const reply = await client.send("PATCH", `/issues/comments/${comment.id}`, { body });
  return reply.ok ? granted("updated") : reply;
}
