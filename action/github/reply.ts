/** What an API call came to. A refusal is a value: the caller goes on without, and says so. */
export type Reply<T> = { readonly ok: true; readonly value: T } | Refusal;

export interface Refusal {
  readonly ok: false;
  /** HTTP status; 0 where no answer came at all. */
  readonly status: number;
  readonly message: string;
}

export function granted<T>(value: T): Reply<T> {
  return { ok: true, value };
}

export function refused(status: number, message: string): Refusal {
  return { ok: false, status, message };
}

/**
 * A refusal that another permission would turn into an answer. GitHub hides what may not be seen behind 404. A list of
 * allowed addresses, an archived repository and a locked conversation have the same 403: only the words tell them apart.
 */
export function lacksPermission({ status, message }: Refusal): boolean {
  return status === 404 || (status === 403 && /not accessible|required scopes/i.test(message));
}
