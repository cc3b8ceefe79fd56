import type { Occasion } from "./event.ts";
import type { Comparable } from "./gather.ts";
import type { Client } from "./github/client.ts";
import { pullOfHead } from "./github/pulls.ts";

export type Subject =
  | { readonly ok: true; readonly occasion: Comparable }
  | { readonly ok: false; readonly reason: string };

/** What a run is about, after the pull request of an ended run has been looked up. */
export async function subjectOf(occasion: Occasion, client: Client | undefined): Promise<Subject> {
  if (occasion.kind === "unsupported") return { ok: false, reason: occasion.reason };
  if (occasion.kind !== "after-pull") return { ok: true, occasion };
  if (!client) return { ok: false, reason: "Without github-token the pull request cannot be found." };
  const { owner, branch, head } = occasion;
  const found = await pullOfHead(client, { owner, branch, sha: head.sha });
  if (!found.ok) {
    return {
      ok: false,
      reason: `The pull request of ${head.sha} could not be found (${found.message}); the token needs pull-requests: read.`,
    };
  }
  if (!found.value) {
    return { ok: false, reason: `No open pull request has ${head.sha} as its head any more.` };
  }
  const { number, baseRefName, baseRefOid, isCrossRepository } = found.value;
  return {
    ok: true,
    occasion: {
      kind: "pull",
      number,
      base: { ref: baseRefName, sha: baseRefOid },
      head,
      mayBeStacked: true,
      fork: isCrossRepository,
      privileged: true,
    },
  };
}
