import { setTimeout as delay } from "node:timers/promises";
import { type Answer, isRateLimit, isServerFault, waitBeforeRetry } from "./patience.ts";
import { granted, type Reply, refused } from "./reply.ts";

/** Which repository, and who asks. */
export interface Access {
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  /** Ends every call and every wait; what was asked then rejects with its reason. */
  readonly signal: AbortSignal;
}

/** The GitHub API of one repository. The only file that knows Octokit; every failure of a call is a value. */
export interface Client {
  get<T>(path: string, query?: Query): Promise<Reply<T>>;
  /** Every page, until `limit` items are there. */
  all<T>(path: string, query: Query, limit: number): Promise<Reply<T[]>>;
  send<T>(method: Writing, path: string, body?: object): Promise<Reply<T>>;
  /** `$owner` and `$repo` are filled in. A field that may not be seen makes the whole call a refusal. */
  graphql<T>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Reply<T>>;
}

type Writing = "POST" | "PATCH" | "DELETE";

export type Query = Readonly<Record<string, string | number>>;

const perPage = 100;

/** Milliseconds. */
interface Limits {
  /** Until an answer is given up; the call then counts as failed on GitHub's side. */
  readonly call: number;
  /** That one run loses to a GitHub that stumbles or is silent; from then on it goes on without. */
  readonly outage: number;
  /** That one run waits between repeats; from then on each call is made once. */
  readonly waits: number;
}

export async function connect(
  { token, owner, repo, signal }: Access,
  limits: Limits = { call: 30_000, outage: 120_000, waits: 120_000 },
): Promise<Client> {
  // When it is loaded it reads the file of the event too, and ends in a stack where that is none: we have read it first.
  const { getOctokit } = await import("@actions/github");
  // Switchback repeats requests itself, by its own rules; Octokit's log would print warnings of its own.
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const octokit = getOctokit(token, { log: quiet });
  let lost = 0;
  let waited = 0;
  let fault: unknown;
  octokit.hook.wrap("request", async (request, options) => {
    const safeToRepeat = options.method !== "POST" || options.url.endsWith("/graphql");
    for (let attempt = 1; ; attempt++) {
      if (lost >= limits.outage) throw fault;
      const asked = performance.now();
      try {
        const answer = await endedBy(signal, limits.call, (either) => {
          // Octokit's other hooks hold on to these very options: others would not reach them.
          options.request = { ...options.request, signal: either };
          return request(options);
        });
        if (!isWhole(answer)) throw new UnreadableAnswer(answer.status);
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        const answer = answerIn(error);
        if (isServerFault(answer)) {
          lost += performance.now() - asked;
          fault = error;
        }
        const wait = waitBeforeRetry(answer, { safeToRepeat }, attempt, Date.now());
        if (wait === undefined || waited + wait > limits.waits) throw error;
        waited += wait;
        await delay(wait, undefined, { signal });
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
    send: async <T>(method: Writing, path: string, body: object = {}) =>
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

/** Carries a call out until the signal or the time ends it. AbortSignal.any() forgets a timeout that nobody else holds. */
async function endedBy<T>(
  signal: AbortSignal,
  ms: number,
  call: (either: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const either = new AbortController();
  const end = () => either.abort(signal.reason);
  signal.addEventListener("abort", end);
  const timer = setTimeout(() => either.abort(new Error(`no answer within ${ms / 1000} s`)), ms);
  try {
    return await call(either.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
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

/**
 * Octokit hands on what it could not read as a text: a body that was cut off is an empty one, which looks like a list of
 * nothing, and the page of a proxy that wants a login comes with status 200.
 */
class UnreadableAnswer extends Error {
  constructor(status: number) {
    super(`the answer with status ${status} is cut off, or no JSON`);
  }
}

function isWhole({ status, data }: { readonly status: number; readonly data: unknown }): boolean {
  return status === 204 || (typeof data === "object" && data !== null);
}

/** The shape is GitHub's promise; the tests hold the stand-in to GitHub's OpenAPI description. */
function dataOf<T>(reply: Reply<Response>): Reply<T> {
  return reply.ok ? granted(reply.value.data as T) : reply;
}

/** Octokit throws for every status that is no success. Anything else that is thrown is a bug and goes on. */
function refusalIn(error: unknown) {
  if (!(error instanceof Error)) throw error;
  if (error instanceof UnreadableAnswer) return refused(0, error.message);
  if (error.name === "GraphqlResponseError") return refused(graphqlStatus(error), error.message);
  if (error.name !== "HttpError") throw error;
  const answer = answerIn(error);
  // A load balancer answers with a page.
  const message = error.message.startsWith("<") ? `status ${answer.status}` : error.message;
  return refused(isRateLimit(answer) ? 429 : answer.status, message);
}

/** GraphQL refuses with status 200, and says in a word of its own what the matter is. */
function graphqlStatus(error: Error): number {
  const { errors } = error as { errors?: readonly { readonly type?: string }[] };
  const types = (errors ?? []).map(({ type }) => type);
  if (types.includes("RATE_LIMITED")) return 429;
  if (types.includes("NOT_FOUND")) return 404;
  return types.some((type) => type !== undefined) ? 403 : 502;
}

function answerIn(error: unknown): Answer {
  const { status, response } = error as { status?: number; response?: { headers?: Answer["headers"] } };
  // Octokit reports a broken connection as status 500 without a response.
  return { status: response ? (status ?? 0) : 0, headers: response?.headers ?? {} };
}
