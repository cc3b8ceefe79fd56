import { type PGlite, protocol } from "@electric-sql/pglite";
import type { Row } from "../session.ts";
import { bundledExtensions } from "./extensions.ts";
import type { Answer, Complaint, Order } from "./messages.ts";

type BackendMessage = Awaited<ReturnType<PGlite["execProtocol"]>>["messages"][number];

/** What every server starts with; PGlite leaves the first half out. */
const searchPath = 'SET search_path = "$user", public';

/** PostgreSQL rejected what was asked. */
export class ComplaintError extends Error {
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(complaint.message);
    this.complaint = complaint;
  }
}

/** One PGlite and its only session. Needs nothing of Node, so that it can live in a browser's worker too. */
export class Instance {
  readonly #assets: string;
  #pglite: PGlite | undefined;
  #prepared = new Map<string, string>();
  #names = 0;

  /** `assets`: URL of the folder that holds PGlite's files, with a final slash. */
  constructor(assets: string) {
    this.#assets = assets;
  }

  async carryOut(order: Order): Promise<Answer> {
    switch (order.kind) {
      case "open":
        await this.#open(order.dump);
        return null;
      case "execute":
        await this.#send(protocol.serialize.query(order.sql));
        return null;
      case "query":
        return this.#query(order.sql, order.values);
      case "reset":
        await this.#send(protocol.serialize.query("ROLLBACK"));
        await this.#send(protocol.serialize.query("DISCARD ALL"));
        // DEFAULT, which is a part of DISCARD ALL, does not lead back to the user who connected here.
        await this.#send(protocol.serialize.query("SET SESSION AUTHORIZATION postgres"));
        await this.#send(protocol.serialize.query(searchPath));
        this.#prepared.clear();
        return null;
      case "dump":
        return new Uint8Array(await (await this.#opened().dumpDataDir("none")).arrayBuffer());
    }
  }

  async #open(dump: Uint8Array | undefined): Promise<void> {
    const { PGlite } = await import("@electric-sql/pglite");
    this.#pglite = await PGlite.create({
      username: "postgres",
      extensions: bundledExtensions(this.#assets),
      ...(dump ? { loadDataDir: new Blob([dump as Uint8Array<ArrayBuffer>]) } : {}),
    });
    await this.#send(protocol.serialize.query(searchPath));
  }

  #opened(): PGlite {
    if (!this.#pglite) throw new Error("the instance was not opened");
    return this.#pglite;
  }

  async #query(sql: string, values: readonly (string | number | null)[]): Promise<readonly Row[]> {
    const known = this.#prepared.get(sql);
    const statement = known ?? `switchback_${++this.#names}`;
    const { parse, bind, execute, sync } = protocol.serialize;
    const run = [
      ...(known ? [] : [parse({ name: statement, text: sql, types: [] })]),
      bind({ statement, values: values.map((value) => (value === null ? null : String(value))) }),
      execute({}),
      sync(),
    ];
    let messages: readonly BackendMessage[];
    try {
      messages = await this.#send(joined(run));
    } catch (error) {
      // A migration may have deallocated it.
      const forgotten = known && error instanceof ComplaintError && error.complaint.sqlstate === "26000";
      if (!forgotten) throw error;
      this.#prepared.clear();
      return this.#query(sql, values);
    }
    this.#prepared.set(sql, statement);
    return messages.flatMap((message) =>
      "fields" in message && message.name === "dataRow" ? [rowOf(message)] : [],
    );
  }

  async #send(bytes: Uint8Array): Promise<readonly BackendMessage[]> {
    const { messages } = await this.#opened().execProtocol(bytes, { throwOnError: false });
    const error = messages.find((message) => message.name === "error") as unknown as ErrorMessage | undefined;
    if (error && !fatal.test(error.severity ?? "")) throw new ComplaintError(complaintOf(error));
    // A server that went on is ready for the next query. One whose stack ran over says nothing at all, for ever.
    const ready = messages.some((message) => message.name === "readyForQuery");
    if (error || !ready) throw new Error(error?.message ?? "PGlite broke: it gave no answer");
    return messages;
  }
}

/** After these the server ends, and with it the instance. */
const fatal = /^(?:FATAL|PANIC)$/;

interface ErrorMessage {
  readonly message: string;
  readonly severity?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly position?: string;
}

function complaintOf({ message, code, detail, hint, position }: ErrorMessage): Complaint {
  return {
    message,
    sqlstate: code ?? "XX000",
    detail,
    hint,
    position: position === undefined ? undefined : Number(position),
  };
}

function rowOf(message: BackendMessage): Row {
  return (message as BackendMessage & { readonly fields: Row }).fields;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
