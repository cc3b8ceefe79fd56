import { setTimeout as delay } from "node:timers/promises";
import { getOctokit } from "@actions/github";
import { type Answer, waitBeforeRetry } from "./patience.ts";
import { granted, type Reply, refused } from "./reply.ts";

/** Which repository, and who asks. */
export interface Access {
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
}

/** The GitHub API of one repository. The only file that knows Octokit; every failure of a call is a value. */
export interface Client {
  get<T>(path: string, query?: Query): Promise<Reply<T>>;
  /** Every page, until `limit` items are there. */
  all<T>(path: string, query: Query, limit: number): Promise<Reply<T[]>>;
  send<T>(method: "POST" | "PATCH", path: string, body: object): Promise<Reply<T>>;
  /** `$owner` and `$repo` are filled in. A field that may not be seen makes the whole call a refusal with 403. */
  graphql<T>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Reply<T>>;
}

export type Query = Readonly<Record<string, string | number>>;

const perPage = 100;

/** Milliseconds until an answer is given up; the call then counts as failed on GitHub's side. */
const longestCall = 30_000;

export function connect({ token, owner, repo }: Access): Client {
  // Switchback repeats requests itself, by its own rules; Octokit's log would print warnings of its own.
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const octokit = getOctokit(token, { log: quiet });
  octokit.hook.wrap("request", async (request, options) => {
    const safeToRepeat = options.method !== "POST" || options.url.endsWith("/graphql");
    for (let attempt = 1; ; attempt++) {
      try {
        const signal = AbortSignal.timeout(longestCall);
        return await request({ ...options, request: { ...options.request, signal } });
      } catch (error) {
        const wait = waitBeforeRetry(answerIn(error), { safeToRepeat }, attempt, Date.now());
        if (wait === undefined) throw error;
        await delay(wait);
      }
    }
  });
  const url = (path: string) => `/repos/${encode(owner)}/${encode(repo)}${path}`;
  const page = (path: string, query: Query) => settle(octokit.request(`GET ${url(path)}`, { ...query }));

  return {
    get: async <T>(path: string, query: Query = {}) => dataOf<T>(await page(path, query)),
    async all<T>(path: string, query: Query, limit: number) {
      const items: T[] = [];
      for (let number = 1; items.length < limit; number++) {
        const reply = await page(path, { ...query, per_page: perPage, page: number });
        if (!reply.ok) return reply;
        items.push(...(reply.value.data as T[]));
        if (!reply.value.headers.link?.includes('rel="next"')) break;
      }
      return granted(items.slice(0, limit));
    },
    send: async <T>(method: "POST" | "PATCH", path: string, body: object) =>
      dataOf<T>(await settle(octokit.request(`${method} ${url(path)}`, { ...body }))),
    async graphql<T>(query: string, variables: Readonly<Record<string, unknown>>) {
      try {
        return granted(await octokit.graphql<T>(query, { ...variables, owner, repo }));
      } catch (error) {
        return refusalIn(error);
      }
    },
  };
}

/** Branches and folders keep their slashes; everything else that a path could abuse is encoded. */
export function encodePath(path: string): string {
  return path.split("/").map(encode).join("/");
}

function encode(segment: string): string {
  return encodeURIComponent(segment);
}

interface Response {
  readonly data: unknown;
  readonly headers: { readonly link?: string | undefined };
}

async function settle(response: Promise<Response>): Promise<Reply<Response>> {
  try {
    return granted(await response);
  } catch (error) {
    return refusalIn(error);
  }
}

/** The shape is GitHub's promise; the tests hold the stand-in to GitHub's OpenAPI description. */
function dataOf<T>(reply: Reply<Response>): Reply<T> {
  return reply.ok ? granted(reply.value.data as T) : reply;
}

/** Octokit throws for every status that is no success. Anything else that is thrown is a bug and goes on. */
function refusalIn(error: unknown) {
  if (!(error instanceof Error)) throw error;
  if (error.name === "GraphqlResponseError") return refused(403, error.message);
  if (error.name === "HttpError") return refused(answerIn(error).status, error.message);
  throw error;
}

function answerIn(error: unknown): Answer {
  const { status, response } = error as { status?: number; response?: { headers?: Answer["headers"] } };
  // Octokit reports a broken connection as status 500 without a response.
  return { status: response ? (status ?? 0) : 0, headers: response?.headers ?? {} };
}
