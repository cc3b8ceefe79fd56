/** What the workflow run is about, told by the event alone. */
export type Occasion =
  | PullOccasion
  /** A merge queue's group: the last look before the merge, with every pull request ahead of it inside. */
  | { readonly kind: "queue"; readonly base: Branch; readonly head: Commit }
  /** `base.sha` is absent on the first push of a branch. */
  | {
      readonly kind: "push";
      readonly base: { readonly ref: string; readonly sha?: string };
      readonly head: Commit;
      /** The default branch, where that is another one: what to compare with when the commit before is gone. */
      readonly main?: string;
    }
  /** Started by a pull request's run that has ended; which pull request must be looked up. */
  | { readonly kind: "after-pull"; readonly owner: string; readonly branch: string; readonly head: Commit }
  /** Nothing to compare with: the whole folder is checked. */
  | { readonly kind: "all"; readonly head: Commit }
  | { readonly kind: "unsupported"; readonly reason: string };

export interface PullOccasion {
  readonly kind: "pull";
  readonly number: number;
  readonly base: Branch;
  readonly head: Commit;
  /** From another repository, or from one that is gone. */
  readonly fork: boolean;
  /** The base is not the default branch: it may be another pull request's. */
  readonly mayBeStacked: boolean;
  /** The token may write and secrets are at hand, although the SQL may be a stranger's. */
  readonly privileged: boolean;
}

export interface Commit {
  readonly sha: string;
}

export interface Branch extends Commit {
  /** `main` */
  readonly ref: string;
}

/** The parts of a webhook payload that are read; every one may be missing in somebody's hand-made event. */
export interface Payload {
  readonly pull_request?: {
    readonly number?: number;
    readonly head?: { readonly sha?: string; readonly repo?: { readonly full_name: string } | null };
    readonly base?: {
      readonly ref?: string;
      readonly sha?: string;
      readonly repo?: { readonly full_name: string; readonly default_branch?: string };
    };
  };
  readonly merge_group?: {
    readonly base_ref: string;
    readonly base_sha: string;
    readonly head_sha: string;
  };
  readonly workflow_run?: {
    readonly event: string;
    readonly head_sha: string;
    readonly head_branch: string | null;
    readonly head_repository: { readonly owner: { readonly login: string } | null } | null;
  };
  readonly ref?: string;
  readonly before?: string;
  readonly after?: string;
  readonly deleted?: boolean;
  readonly repository?: { readonly default_branch?: string };
}

const noCommit = /^0+$/;

/** `sha` is GITHUB_SHA: the commit that the run is for where the payload names none. */
export function occasionOf(event: string, payload: Payload, sha: string): Occasion {
  switch (event) {
    case "pull_request":
    case "pull_request_review":
    case "pull_request_review_comment":
    case "pull_request_target":
      return pullOccasion(payload, event === "pull_request_target");
    case "merge_group":
      return queueOccasion(payload);
    case "push":
      return pushOccasion(payload, sha);
    case "workflow_run":
      return afterPullOccasion(payload);
    case "workflow_dispatch":
    case "repository_dispatch":
    case "release":
    case "schedule":
      return { kind: "all", head: { sha } };
    default:
      return {
        kind: "unsupported",
        reason: `Switchback does not know the event ${event}. Use pull_request, merge_group, push, schedule or workflow_dispatch.`,
      };
  }
}

function pullOccasion({ pull_request: pull }: Payload, privileged: boolean): Occasion {
  if (!pull) return unreadable("pull_request");
  if (!pull.number || !pull.head?.sha || !pull.base?.ref || !pull.base.sha)
    return unreadable("pull_request with its number, head and base");
  const { repo } = pull.base;
  return {
    kind: "pull",
    number: pull.number,
    base: { ref: pull.base.ref, sha: pull.base.sha },
    head: { sha: pull.head.sha },
    mayBeStacked: pull.base.ref !== repo?.default_branch,
    fork: repo === undefined || pull.head.repo?.full_name !== repo.full_name,
    privileged,
  };
}

function queueOccasion({ merge_group: group }: Payload): Occasion {
  if (!group) return unreadable("merge_group");
  return {
    kind: "queue",
    base: { ref: branchName(group.base_ref), sha: group.base_sha },
    head: { sha: group.head_sha },
  };
}

function pushOccasion(payload: Payload, sha: string): Occasion {
  const ref = branchName(payload.ref ?? "");
  const tag = payload.ref?.startsWith("refs/tags/");
  if (payload.deleted)
    return { kind: "unsupported", reason: `The ${tag ? "tag" : "branch"} ${ref} was deleted.` };
  // What an annotated tag points to is an object of its own, which no link and no tree is found by.
  if (tag) return { kind: "all", head: { sha } };
  const head = { sha: payload.after ?? sha };
  const { default_branch } = payload.repository ?? {};
  const main = default_branch === ref ? undefined : default_branch;
  if (payload.before && !noCommit.test(payload.before)) {
    return { kind: "push", base: { ref, sha: payload.before }, head, ...(main ? { main } : {}) };
  }
  return main ? { kind: "push", base: { ref: main }, head } : { kind: "all", head };
}

function afterPullOccasion({ workflow_run: run }: Payload): Occasion {
  if (!run) return unreadable("workflow_run");
  if (run.event !== "pull_request" || !run.head_branch) {
    return {
      kind: "unsupported",
      reason: `The run that ended was started by ${run.event}, not by a pull request.`,
    };
  }
  const owner = run.head_repository?.owner?.login ?? "";
  return { kind: "after-pull", owner, branch: run.head_branch, head: { sha: run.head_sha } };
}

function branchName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, "");
}

function unreadable(part: string): Occasion {
  return { kind: "unsupported", reason: `The event's payload has no ${part}.` };
}
