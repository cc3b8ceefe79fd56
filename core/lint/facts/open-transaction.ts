/** Why a transaction is open at a statement. */
export const openTransaction = {
  explicit: "between BEGIN and COMMIT",
  implicit: "the statements of this file are sent as one query, which is one transaction",
  wrapped: "the runner opens a transaction around this migration",
} as const;
