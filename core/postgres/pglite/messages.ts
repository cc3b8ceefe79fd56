import type { Row } from "../session.ts";

/** What the host asks of a worker. One worker is one PGlite instance, one database, one session. */
export type Order =
  | { readonly kind: "open"; readonly assets?: string | undefined; readonly dump?: Uint8Array | undefined }
  | { readonly kind: "execute"; readonly sql: string }
  | { readonly kind: "query"; readonly sql: string; readonly values: readonly (string | number | null)[] }
  /** Ends the transaction and forgets what the session changed, as a new connection would. */
  | { readonly kind: "reset" }
  | { readonly kind: "dump" };

export interface Request {
  readonly id: number;
  readonly order: Order;
}

/** An ErrorResponse of PostgreSQL, as plain data. */
export interface Complaint {
  readonly message: string;
  readonly sqlstate: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly position?: number | undefined;
}

export type Answer = readonly Row[] | Uint8Array | null;

export type Response =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly complaint: Complaint }
  /** The instance threw something that is not from PostgreSQL: it cannot be used any more. */
  | { readonly id: number; readonly broken: string };
