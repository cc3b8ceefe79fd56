import type { Connection, Submittable } from "pg";
import type { Row } from "../session.ts";

/** What `pg` keeps of prepared statements on a connection: their texts by name. */
type Prepared = Connection & { readonly parsedStatements: Readonly<Record<string, string>> };

/**
 * One statement of the extended protocol, prepared under its name. Values go and come as texts, so that nobody has to
 * ask the server for their types, nor to make objects of rows.
 */
export class Statement implements Submittable {
  readonly done: Promise<readonly Row[]>;
  /** Under these `pg` notes that the statement was parsed. */
  readonly name: string;
  readonly text: string;
  readonly #values: (string | null)[];
  readonly #rows: Row[] = [];
  #resolve: (rows: readonly Row[]) => void = () => {};
  #reject: (error: Error) => void = () => {};
  #sent = false;

  constructor(name: string, text: string, values: readonly (string | number | null)[]) {
    this.name = name;
    this.text = text;
    this.#values = values.map((value) => (value === null ? null : String(value)));
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Nobody may ask for what was sent along.
    this.done.catch(() => {});
  }

  /** Once: a script may have sent it along. */
  submit(connection: Connection): void {
    if (this.#sent) return;
    this.#sent = true;
    const { parsedStatements } = connection as Prepared;
    // As one packet.
    connection.stream.cork();
    if (parsedStatements[this.name] === undefined) {
      connection.parse({ name: this.name, text: this.text, types: [] }, true);
    }
    connection.bind({ statement: this.name, values: this.#values }, true);
    connection.execute({}, true);
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow({ fields }: { readonly fields: Row }): void {
    this.#rows.push(fields);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rows);
  }

  handleRowDescription(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}
