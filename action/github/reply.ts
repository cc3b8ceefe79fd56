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

/** A refusal that another permission would turn into an answer. GitHub hides what may not be seen behind 404. */
export function lacksPermission(refusal: Refusal): boolean {
  return refusal.status === 401 || refusal.status === 403 || refusal.status === 404;
}
