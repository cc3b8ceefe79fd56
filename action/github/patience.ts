/** How often and how long to wait for GitHub before going on without. */
export interface Patience {
  readonly attempts: number;
  /** Longest single wait in milliseconds: a primary rate limit may ask for an hour, which nobody wants. */
  readonly longestWait: number;
}

const defaultPatience: Patience = { attempts: 3, longestWait: 60_000 };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/**
 * Milliseconds to wait before the request is sent again, or undefined to give up. `attempt` counts from 1, `now` is in
 * milliseconds. What failed on GitHub's side is only repeated where repeating cannot do the thing twice; a rate limit
 * refuses before anything is done, so it may always be repeated.
 */
export function waitBeforeRetry(
  answer: Answer,
  request: { readonly safeToRepeat: boolean },
  attempt: number,
  now: number,
  patience: Patience = defaultPatience,
): number | undefined {
  if (attempt >= patience.attempts) return undefined;
  const wait = isRateLimit(answer)
    ? askedWait(answer, now)
    : isServerFault(answer) && request.safeToRepeat
      ? 500 * 2 ** (attempt - 1)
      : undefined;
  return wait !== undefined && wait <= patience.longestWait ? wait : undefined;
}

/** Told with the status of a missing permission: only the headers tell the two apart. */
export function isRateLimit({ status, headers }: Answer): boolean {
  if (status !== 403 && status !== 429) return false;
  return status === 429 || headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0";
}

/** It stumbled, or said nothing at all. */
export function isServerFault({ status }: Answer): boolean {
  return status === 0 || (status >= 500 && status <= 599);
}

/** GitHub's words: retry-after in seconds, else the reset time, else at least one minute. */
function askedWait({ headers }: Answer, now: number): number {
  const after = Number(headers["retry-after"]);
  if (Number.isFinite(after)) return after * 1000;
  const reset = Number(headers["x-ratelimit-reset"]);
  if (Number.isFinite(reset)) return Math.max(0, reset * 1000 - now) + 1000;
  return 60_000;
}
