import { schema as github } from "@octokit/graphql-schema";
import { buildSchema, type GraphQLSchema, graphql } from "graphql";
import { diffEntries } from "./diff.ts";
import type { Pull, State } from "./state.ts";

let schema: GraphQLSchema | undefined;

/** Carries a query out on GitHub's own schema: a field that GitHub does not have, or a wrong type, is an error. */
export async function answerGraphql(
  state: State,
  request: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> },
) {
  schema ??= buildSchema(github.idl, { assumeValidSDL: true });
  return graphql({
    schema,
    source: request.query,
    variableValues: request.variables ?? {},
    rootValue: {
      viewer: { __typename: "User", login: state.viewer },
      repository: () => repository(state),
    },
  });
}

interface PullArguments {
  readonly baseRefName?: string;
  readonly headRefName?: string;
  readonly first: number;
  readonly after?: string | null;
  readonly orderBy?: { readonly field: "UPDATED_AT"; readonly direction: "DESC" };
}

function repository(state: State) {
  return {
    object({ oid, expression = "" }: { oid?: string; expression?: string }) {
      const [, commit = "", path = ""] = /^([^:]+):(.+)$/.exec(expression) ?? [];
      const text = state.filesOf(commit)[path];
      const bytes = oid ? state.repository.blob(oid) : text === undefined ? undefined : Buffer.from(text);
      if (!bytes) return null;
      return { __typename: "Blob", text: bytes.toString("utf8"), isTruncated: false };
    },
    pullRequest({ number }: { number: number }) {
      const pull = state.pulls.find((candidate) => candidate.number === number);
      return pull ? pullNode(state, pull) : null;
    },
    pullRequests({ baseRefName, headRefName, first, after, orderBy }: PullArguments) {
      const wanted = state.pulls
        .filter((pull) => pull.state === undefined)
        .filter((pull) => baseRefName === undefined || pull.base === baseRefName)
        .filter((pull) => headRefName === undefined || pull.headRef === headRefName);
      // The oldest first, if nothing else is asked for.
      if (orderBy) wanted.reverse();
      const start = after ? Number(after) : 0;
      const nodes = wanted.slice(start, start + first).map((pull) => pullNode(state, pull));
      const end = start + nodes.length;
      return {
        totalCount: wanted.length,
        nodes,
        pageInfo: { hasNextPage: end < wanted.length, endCursor: String(end) },
      };
    },
  };
}

function pullNode(state: State, pull: Pull) {
  const tip = state.repository.branches.get(pull.base) ?? "";
  const base = state.repository.mergeBase(tip, pull.headSha) ?? "";
  const entries = diffEntries(state.filesOf(base), state.filesOf(pull.headSha));
  const changeTypes = { added: "ADDED", removed: "DELETED", modified: "MODIFIED", renamed: "RENAMED" };
  return {
    number: pull.number,
    title: pull.title,
    state: pull.state ?? "OPEN",
    baseRefName: pull.base,
    baseRefOid: tip,
    headRefOid: pull.headSha,
    isCrossRepository: pull.headOwner !== state.owner,
    headRepositoryOwner: pull.headOwner ? { __typename: "User", login: pull.headOwner } : null,
    files: ({ first }: { first: number }) => ({
      nodes: entries.slice(0, first).map(({ filename, status }) => ({
        path: filename,
        changeType: changeTypes[status],
      })),
      pageInfo: { hasNextPage: entries.length > first, endCursor: null },
    }),
  };
}
