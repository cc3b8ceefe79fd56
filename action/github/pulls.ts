import type { OtherPull } from "#core/history/pull.ts";
import type { Client } from "./client.ts";
import { granted, type Reply } from "./reply.ts";

/** A file of a pull request, as GitHub compares it with the merge base. */
export interface PullFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed" | "unchanged";
  /** Hash of the file in the head commit; null or absent for some removed files. */
  readonly sha: string | null;
  /** Hunks of the unified diff; absent for binary and for very large files. */
  readonly patch?: string;
}

/** GitHub never lists more files of one pull request than this. */
export const pullFilesLimit = 3000;

/** Needs `pull-requests: read` on private repositories. */
export function pullFiles(client: Client, number: number): Promise<Reply<PullFile[]>> {
  return client.all<PullFile>(`/pulls/${number}/files`, {}, pullFilesLimit);
}

export interface OpenPulls {
  readonly pulls: readonly OtherPull[];
  /** How many are open; more than `pulls` where the budget ended. */
  readonly total: number;
}

/** A repository's token may make 1,000 calls an hour; a hundred neighbours are seen with two or three. */
const pullBudget = 100;
/** Pull requests with over a hundred files are listed file by file; so many of them at most. */
const largeBudget = 5;

/** The open pull requests to `base`, most recently updated first, without `except`. */
export async function openPulls(client: Client, base: string, except: number): Promise<Reply<OpenPulls>> {
  const pulls: OtherPull[] = [];
  let total = 0;
  let large = 0;
  let own = 0;
  let after: string | null = null;
  for (let seen = 0; seen < pullBudget; ) {
    const reply: Reply<Page> = await client.graphql<Page>(openPullsQuery, { base, after });
    if (!reply.ok) return reply;
    const { totalCount, nodes, pageInfo }: Page["repository"]["pullRequests"] =
      reply.value.repository.pullRequests;
    for (const node of nodes) {
      if (node.number === except) {
        own = 1;
        continue;
      }
      const listed = !node.files?.pageInfo.hasNextPage || large++ >= largeBudget;
      const added = listed ? addedIn(node) : await addedTo(client, node);
      pulls.push({ number: node.number, title: node.title, added });
    }
    seen += nodes.length;
    total = totalCount - own;
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) break;
  }
  return granted({ pulls, total });
}

interface Page {
  readonly repository: {
    readonly pullRequests: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly nodes: readonly PullNode[];
    };
  };
}

interface PullNode {
  readonly number: number;
  readonly title: string;
  readonly files: {
    readonly pageInfo: { readonly hasNextPage: boolean };
    readonly nodes: readonly { readonly path: string; readonly changeType: string }[];
  } | null;
}

const openPullsQuery = `query OpenPulls($owner: String!, $repo: String!, $base: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequests(states: OPEN, baseRefName: $base, first: 50, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        number
        title
        files(first: 100) { pageInfo { hasNextPage } nodes { path changeType } }
      }
    }
  }
}`;

function addedIn({ files }: PullNode): string[] {
  const arrived = ["ADDED", "RENAMED", "COPIED"];
  return (files?.nodes ?? []).filter((file) => arrived.includes(file.changeType)).map((file) => file.path);
}

async function addedTo(client: Client, node: PullNode): Promise<string[]> {
  const reply = await pullFiles(client, node.number);
  if (!reply.ok) return addedIn(node);
  const arrived = ["added", "renamed", "copied"];
  return reply.value.filter((file) => arrived.includes(file.status)).map((file) => file.filename);
}

/** A pull request as it is now: an event may be hours old, and a run may be started again after the merge. */
export interface PullNow {
  readonly headRefOid: string;
  readonly state: "OPEN" | "CLOSED" | "MERGED";
}

export async function pullNow(client: Client, number: number): Promise<Reply<PullNow | null>> {
  const reply = await client.graphql<{ repository: { pullRequest: PullNow | null } }>(
    `query PullNow($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) { headRefOid state } }
}`,
    { number },
  );
  return reply.ok ? granted(reply.value.repository.pullRequest) : reply;
}

/** An open pull request, found by its head. */
export interface FoundPull {
  readonly number: number;
  readonly baseRefName: string;
  readonly baseRefOid: string;
  readonly isCrossRepository: boolean;
}

/** Longer stacks are nobody's. */
const highestStack = 10;

/** The branches that a stack of pull requests goes to: the base of the one whose branch this is, that one's base, and so on. */
export async function branchesBelow(client: Client, branch: string): Promise<string[]> {
  const below = [branch];
  for (let at = branch; below.length <= highestStack; ) {
    const reply = await pullsOfBranch(client, at);
    const pull = reply.ok ? reply.value.find(({ isCrossRepository }) => !isCrossRepository) : undefined;
    if (!pull || below.includes(pull.baseRefName)) break;
    at = pull.baseRefName;
    below.push(at);
  }
  return below.slice(1);
}

/**
 * The open pull request whose head is this commit. A fork's workflow run does not name its pull request, and its
 * branch may be called like one of ours, so owner and commit decide.
 */
export async function pullOfHead(
  client: Client,
  head: { readonly owner: string; readonly branch: string; readonly sha: string },
): Promise<Reply<FoundPull | undefined>> {
  const reply = await pullsOfBranch(client, head.branch);
  if (!reply.ok) return reply;
  return granted(
    reply.value.find(
      (pull) =>
        pull.headRefOid === head.sha && (pull.headRepositoryOwner?.login ?? head.owner) === head.owner,
    ),
  );
}

interface PullOfBranch extends FoundPull {
  readonly headRefOid: string;
  readonly headRepositoryOwner: { readonly login: string } | null;
}

/** Open pull requests whose branch has this name, those of forks as well: of a hundred `patch-1` the last is asked for. */
async function pullsOfBranch(client: Client, branch: string): Promise<Reply<readonly PullOfBranch[]>> {
  const reply = await client.graphql<{
    repository: { pullRequests: { nodes: readonly PullOfBranch[] } };
  }>(pullsOfBranchQuery, { branch });
  return reply.ok ? granted(reply.value.repository.pullRequests.nodes) : reply;
}

const pullsOfBranchQuery = `query PullsOfBranch($owner: String!, $repo: String!, $branch: String!) {
  repository(owner: $owner, name: $repo) {
    pullRequests(states: OPEN, headRefName: $branch, first: 50, orderBy: {field: UPDATED_AT, direction: DESC}) {
      nodes { number baseRefName baseRefOid headRefOid isCrossRepository headRepositoryOwner { login } }
    }
  }
}`;
