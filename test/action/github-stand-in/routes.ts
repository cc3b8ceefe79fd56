import * as bodies from "./bodies.ts";
import { type DiffEntry, diffEntries, modeEntry } from "./diff.ts";
import type { State, StoredReviewComment } from "./state.ts";

export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** More items than this page holds. */
  readonly next?: boolean;
}

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** As GitHub's description spells it. */
  readonly template: string;
  answer(state: State, call: Call): Reply;
}

const repo = "/repos/{owner}/{repo}";

/** GitHub lists no more files of a pull request. */
const mostFiles = 3000;

export const routes: readonly Route[] = [
  {
    method: "GET",
    template: `${repo}/pulls/{pull_number}/files`,
    answer(state, { params, query }) {
      const pull = state.pulls.find(({ number }) => number === Number(params["pull_number"]));
      if (!pull) return missing();
      const tip = state.repository.branches.get(pull.base) ?? "";
      const base = state.repository.mergeBase(tip, pull.headSha) ?? "";
      const entries = diffEntries(state.filesOf(base), state.filesOf(pull.headSha));
      const filler = diffEntries(
        {},
        Object.fromEntries(Array.from({ length: pull.filler ?? 0 }, (_, index) => [fillerName(index), ""])),
      );
      const modes = (pull.modes ?? []).map((path) => modeEntry(path, state.filesOf(pull.headSha)[path]));
      return page<DiffEntry>([...filler, ...entries, ...modes].slice(0, mostFiles), query);
    },
  },
  {
    method: "GET",
    template: `${repo}/git/ref/{ref}`,
    answer(state, { params }) {
      const ref = params["ref"] ?? "";
      const sha = state.repository.branches.get(ref.replace(/^heads\//, ""));
      if (!sha) return missing();
      const url = `https://api.github.com/repos/octo/shop/git/commits/${sha}`;
      return ok({ ref: `refs/${ref}`, node_id: "R_1", url, object: { type: "commit", sha, url } });
    },
  },
  {
    method: "GET",
    template: `${repo}/git/trees/{tree_sha}`,
    answer(state, { params, query }) {
      const sha = params["tree_sha"] ?? "";
      const tree = query.has("recursive") ? state.repository.recursive(sha) : state.repository.tree(sha);
      return tree ? ok({ sha, truncated: false, tree }) : missing();
    },
  },
  {
    method: "GET",
    template: `${repo}/git/blobs/{file_sha}`,
    answer(state, { params }) {
      const sha = params["file_sha"] ?? "";
      const bytes = state.repository.blob(sha);
      if (!bytes) return missing();
      const url = `https://api.github.com/repos/octo/shop/git/blobs/${sha}`;
      const content = bytes.toString("base64");
      return ok({ content, encoding: "base64", url, sha, size: bytes.length, node_id: "B_1" });
    },
  },
  {
    method: "GET",
    template: `${repo}/compare/{basehead}`,
    answer(state, { params }) {
      const [from = "", to = ""] = (params["basehead"] ?? "").split("...");
      const base = state.repository.resolve(from);
      const head = state.repository.resolve(to);
      const fork = base && head && state.repository.mergeBase(base, head);
      return fork ? ok(bodies.comparison(state, base, head, fork)) : missing();
    },
  },
  {
    method: "GET",
    template: `${repo}/issues/{issue_number}/comments`,
    answer(state, { params, query }) {
      const own = state.comments.filter(({ pull }) => pull === Number(params["issue_number"]));
      return page(
        own.map((comment) => bodies.comment(state, comment)),
        query,
      );
    },
  },
  {
    method: "POST",
    template: `${repo}/issues/{issue_number}/comments`,
    answer(state, { params, body }) {
      const text = (body as { body: string }).body;
      if (text.length > 65_536) return { status: 422, body: invalid("body is too long") };
      const pull = Number(params["issue_number"]);
      const stored = { id: state.id(), pull, body: text, author: state.viewer };
      state.comments.push(stored);
      return { status: 201, body: bodies.comment(state, stored) };
    },
  },
  {
    method: "PATCH",
    template: `${repo}/issues/comments/{comment_id}`,
    answer(state, { params, body }) {
      const stored = state.comments.find(({ id }) => id === Number(params["comment_id"]));
      if (!stored) return missing();
      stored.body = (body as { body: string }).body;
      return ok(bodies.comment(state, stored));
    },
  },
  {
    method: "DELETE",
    template: `${repo}/issues/comments/{comment_id}`,
    answer(state, { params }) {
      const at = state.comments.findIndex(({ id }) => id === Number(params["comment_id"]));
      if (at < 0) return missing();
      state.comments.splice(at, 1);
      return { status: 204, body: undefined };
    },
  },
  {
    method: "GET",
    template: `${repo}/pulls/{pull_number}/comments`,
    answer(state, { params, query }) {
      const own = state.reviewComments.filter(({ pull }) => pull === Number(params["pull_number"]));
      return page(
        own.map((comment) => bodies.reviewComment(state, comment)),
        query,
      );
    },
  },
  {
    method: "DELETE",
    template: `${repo}/pulls/comments/{comment_id}`,
    answer(state, { params }) {
      const at = state.reviewComments.findIndex(({ id }) => id === Number(params["comment_id"]));
      if (at < 0) return missing();
      state.reviewComments.splice(at, 1);
      return { status: 204, body: undefined };
    },
  },
  {
    method: "POST",
    template: `${repo}/pulls/{pull_number}/reviews`,
    answer(state, { params, body }) {
      const pull = Number(params["pull_number"]);
      const { comments = [] } = body as { comments?: readonly Placed[] };
      if (comments.some((comment) => !takes(state, pull, comment))) {
        return { status: 422, body: simpleInvalid("Line could not be resolved") };
      }
      for (const comment of comments) store(state, pull, comment);
      return ok(bodies.review(state, pull, state.id(), ""));
    },
  },
  {
    method: "POST",
    template: `${repo}/pulls/{pull_number}/comments`,
    answer(state, { params, body }) {
      const pull = Number(params["pull_number"]);
      const comment = body as Placed;
      if (!takes(state, pull, comment)) {
        return { status: 422, body: invalid("pull_request_review_thread.line must be part of the diff") };
      }
      return { status: 201, body: bodies.reviewComment(state, store(state, pull, comment)) };
    },
  },
];

type Placed = Pick<StoredReviewComment, "path" | "line" | "start_line" | "body">;

/** Only lines that a hunk of the diff shows take comments, and a range must not be a single line. */
function takes(state: State, number: number, { path, line, start_line }: Placed): boolean {
  if (state.refusedLines.some((refused) => refused.path === path && refused.line === line)) return false;
  if (start_line !== undefined && start_line >= line) return false;
  const pull = state.pulls.find((candidate) => candidate.number === number);
  if (!pull) return false;
  const tip = state.repository.branches.get(pull.base) ?? "";
  const base = state.repository.mergeBase(tip, pull.headSha) ?? "";
  const entry = diffEntries(state.filesOf(base), state.filesOf(pull.headSha)).find(
    (candidate) => candidate.filename === path,
  );
  const shown = Number(/\+1,(\d+) @@/.exec(entry?.patch ?? "")?.[1] ?? 0);
  return (start_line ?? line) >= 1 && line <= shown;
}

function store(state: State, pull: number, comment: Placed): StoredReviewComment {
  const { path, line, start_line, body } = comment;
  const range = start_line === undefined ? { line } : { line, start_line };
  const stored = { id: state.id(), pull, author: state.viewer, path, body, ...range };
  state.reviewComments.push(stored);
  return stored;
}

function fillerName(index: number): string {
  return `app/generated/${String(index).padStart(5, "0")}.ts`;
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function missing(): Reply {
  return { status: 404, body: { message: "Not Found", documentation_url: "https://docs.github.com/rest" } };
}

function invalid(message: string) {
  return {
    message: "Validation Failed",
    documentation_url: "https://docs.github.com/rest",
    errors: [{ code: "custom", message }],
  };
}

function simpleInvalid(message: string) {
  return {
    message: "Unprocessable Entity",
    documentation_url: "https://docs.github.com/rest",
    errors: [message],
  };
}

function page<T>(items: readonly T[], query: URLSearchParams): Reply {
  const size = Math.min(Number(query.get("per_page") ?? 30), 100);
  const number = Number(query.get("page") ?? 1);
  const body = items.slice((number - 1) * size, number * size);
  return { status: 200, body, next: number * size < items.length };
}
