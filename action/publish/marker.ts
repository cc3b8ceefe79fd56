import type { Client } from "../github/client.ts";

/** The author that GitHub shows for a comment. */
export interface Author {
  readonly login: string;
  readonly type: string;
}

export interface Marked {
  readonly body?: string | null;
  readonly user: Author | null;
}

/** An invisible line at the very end of what Switchback writes; what it quotes stands before it. */
export function marker(id: string): string {
  return `<!-- switchback:${id.replace(/[^\w./ -]|(?<=-)-/gu, escaped)} -->`;
}

/** Two ids stay two: folders may be called in any alphabet. */
function escaped(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16)}`).join("");
}

/** On a line of its own: somebody who quotes a comment of ours puts `> ` before it. */
export function endsWith(body: string | null | undefined, mark: string): boolean {
  return body?.trimEnd().endsWith(`\n${mark}`) ?? false;
}

/** What this token wrote earlier. Anybody can copy a marker, so the author decides. */
export async function ours<T extends Marked>(client: Client, marked: readonly T[]): Promise<T[]> {
  if (marked.length === 0) return [];
  const reply = await client.graphql<{ viewer: { login: string } }>("query Viewer { viewer { login } }", {});
  // The workflow's own token is not always allowed to ask who it is.
  const self = reply.ok ? bare(reply.value.viewer.login) : "github-actions";
  const bot = !reply.ok || reply.value.viewer.login.endsWith("[bot]");
  return marked.filter(({ user }) => user && bare(user.login) === self && (user.type === "Bot") === bot);
}

/** REST says `github-actions[bot]`, GraphQL sometimes `github-actions`. */
function bare(login: string): string {
  return login.replace(/\[bot\]$/, "");
}
