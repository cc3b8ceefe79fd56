import type { Client, Connection, Submittable } from "pg";
import type { Statement } from "./statement.ts";

/** What goes out in one packet with a script, and is answered after it. */
export interface Along {
  readonly statement: Statement;
  readonly client: Client;
}

/**
 * One simple-protocol query, sent exactly as given. Rows are thrown away as they arrive, so a migration that selects
 * a million of them costs no memory.
 */
export class Script implements Submittable {
  readonly done: Promise<void>;
  readonly #sql: string;
  readonly #along: Along | undefined;
  #resolve: () => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(sql: string, along?: Along) {
    this.#sql = sql;
    this.#along = along;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    connection.query(this.#sql);
    this.#along?.statement.submit(connection);
    connection.stream.uncork();
  }

  /** Called for an ErrorResponse, the last word of a simple query, and when the connection is lost. */
  handleError(error: Error): void {
    this.#follow();
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#follow();
    this.#resolve();
  }

  /** The next answers are for what went along: it stands in the line before anybody hears that the script is done. */
  #follow(): void {
    if (this.#along) this.#along.client.query(this.#along.statement);
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
