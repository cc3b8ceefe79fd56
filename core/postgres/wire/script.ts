import type { Connection, Submittable } from "pg";

/**
 * One simple-protocol query, sent exactly as given. Rows are thrown away as they arrive, so a migration that selects
 * a million of them costs no memory.
 */
export class Script implements Submittable {
  readonly done: Promise<void>;
  readonly #sql: string;
  #resolve: () => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(sql: string) {
    this.#sql = sql;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#sql);
  }

  /** Called for an ErrorResponse, the last word of a simple query, and when the connection is lost. */
  handleError(error: Error): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#resolve();
  }

  /** There is no client-side file behind a migration: COPY … FROM STDIN fails, as it does under every runner. */
  handleCopyInResponse(connection: Connection & { sendCopyFail(message: string): void }): void {
    connection.sendCopyFail("a migration has no standard input");
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyData(): void {}
}
