import { Client } from "pg";
import { later } from "../later.ts";
import { refuseNullByte } from "../refuse-null-byte.ts";
import { EngineLostError, PostgresError, type Row, type Session } from "../session.ts";
import { Script } from "./script.ts";
import type { ServerAddress } from "./server-address.ts";
import { Statement } from "./statement.ts";
import { wireError } from "./wire-error.ts";

/** Ends the statement (`cancel`) or the connection (`terminate`) of a server process, from another connection. */
export type Signal = (kind: "cancel" | "terminate", processId: number) => Promise<void>;

export interface SessionHooks {
  /** More of PGOPTIONS: ` -c name=value`. */
  readonly options?: string | undefined;
  /** Without it `interrupt` can only hang up. */
  readonly signal?: Signal | undefined;
  /** Hears of every script before it runs, and holds it up until it is done. */
  readonly beforeExecute?: ((sql: string) => Promise<void>) | undefined;
}

/** A cancel that arrives before the statement has begun is lost, so it is sent again. */
const cancelAgainMs = 100;
/** Cancels that a statement may ignore before its connection is ended: counted, for a slow machine is slow at both. */
const cancels = 20;
/** How long a connection may take to end. */
const endGraceMs = 2_000;
const connectTimeoutMs = 15_000;

/** A session over `pg`. Notices are swallowed; every error is one of the two of `session.ts`. */
export class WireSession implements Session {
  readonly #client: Client;
  readonly #hooks: SessionHooks;
  /** Prepared statements by their text. A migration may DEALLOCATE them: then the names start anew. */
  readonly #names = new Map<string, string>();
  #prepared = 0;
  /** Was sent behind the last script. */
  #along: Statement | undefined;
  #alive = true;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(client: Client, hooks: SessionHooks) {
    this.#client = client;
    this.#hooks = hooks;
    client.on("error", () => this.#lost());
    client.on("end", () => this.#lost());
  }

  static async connect(
    address: ServerAddress,
    database: string,
    hooks: SessionHooks = {},
  ): Promise<WireSession> {
    const client = new Client({
      host: address.host,
      port: address.port,
      user: address.user,
      ...(address.password === undefined ? {} : { password: address.password }),
      database,
      ssl: address.ssl,
      application_name: "switchback",
      client_encoding: "UTF8",
      // Given, because otherwise PGOPTIONS of the environment would be taken.
      options: `-c client_min_messages=notice${hooks.options ?? ""}`,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
    });
    // Until the constructor below listens, an error event would end the process.
    client.on("error", () => {});
    try {
      await client.connect();
    } catch (error) {
      throw wireError(error as Error);
    }
    return new WireSession(client, hooks);
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Every answer of the server ends with it (manual, Message Formats, ReadyForQuery). */
  get inTransaction(): boolean | undefined {
    const status = this.#client.getTransactionStatus();
    return status === null ? undefined : status !== "I";
  }

  async execute(sql: string, next?: string): Promise<void> {
    refuseNullByte(sql);
    return this.#track(async () => {
      await this.#answerTo(undefined);
      if (this.#hooks.beforeExecute) await this.#hooks.beforeExecute(sql);
      // Asked for by their old names, they would cost an answer that says they are gone.
      if (/\b(?:deallocate|discard)\b/i.test(sql)) this.#names.clear();
      // To COPY FROM STDIN it would look like rows.
      const along = next === undefined || /\bstdin\b/i.test(sql) ? undefined : this.#statement(next, []);
      this.#along = along;
      const script = new Script(sql, along && { statement: along, client: this.#client });
      this.#client.query(script);
      return script.done;
    });
  }

  async query(sql: string, values: readonly (string | number | null)[] = []): Promise<readonly Row[]> {
    const rows = await this.#answerTo(values.length === 0 ? sql : undefined);
    if (rows) return rows;
    try {
      return await this.#rows(sql, values);
    } catch (error) {
      if (!(error instanceof PostgresError && error.sqlstate === invalidStatementName)) throw error;
      this.#names.clear();
      return this.#rows(sql, values);
    }
  }

  async interrupt(): Promise<void> {
    if (!this.#alive) return;
    const stopped = this.#running.catch(() => {});
    const processId = (this.#client as Client & { readonly processID: number | null }).processID;
    const { signal } = this.#hooks;
    if (signal && processId !== null) {
      for (let sent = 0; sent < cancels; sent++) {
        await signal("cancel", processId).catch(() => {});
        if (await settlesWithin(stopped, cancelAgainMs)) return;
      }
      await signal("terminate", processId).catch(() => {});
      if (await settlesWithin(stopped, endGraceMs)) return;
    }
    this.#destroy();
    await stopped;
  }

  async close(): Promise<void> {
    if (!this.#alive) return;
    this.#alive = false;
    await settlesWithin(
      this.#client.end().catch(() => {}),
      endGraceMs * 2,
    );
    this.#destroy();
  }

  #rows(sql: string, values: readonly (string | number | null)[]): Promise<readonly Row[]> {
    return this.#track(() => this.#client.query(this.#statement(sql, values)).done);
  }

  #statement(sql: string, values: readonly (string | number | null)[]): Statement {
    return new Statement(this.#nameOf(sql), sql, values);
  }

  /**
   * What the server answered to a question that went along with a script. Waits for it in any case, since `pg` wants one
   * question at a time. What it failed on, such as an open transaction, the next call meets again, and tells.
   */
  async #answerTo(sql: string | undefined): Promise<readonly Row[] | undefined> {
    const along = this.#along;
    if (!along) return undefined;
    this.#along = undefined;
    const rows = await along.done.catch(() => undefined);
    return along.text === sql ? rows : undefined;
  }

  #nameOf(sql: string): string {
    const known = this.#names.get(sql);
    if (known) return known;
    this.#prepared += 1;
    const name = `switchback_${this.#prepared}`;
    this.#names.set(sql, name);
    return name;
  }

  async #track<T>(run: () => Promise<T>): Promise<T> {
    if (!this.#alive) throw new EngineLostError("the connection is closed");
    const running = run();
    this.#running = running;
    try {
      return await running;
    } catch (error) {
      const known = wireError(error as Error);
      if (known instanceof EngineLostError) this.#lost();
      throw known;
    }
  }

  #lost(): void {
    this.#alive = false;
  }

  /** Closes the socket without a word to the server; `pg` then rejects what was running. */
  #destroy(): void {
    this.#lost();
    (
      this.#client as Client & { readonly connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
  }
}

const invalidStatementName = "26000";

async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let cancel = () => {};
  const late = new Promise<false>((resolve) => {
    cancel = later(ms, () => resolve(false));
  });
  const settled = await Promise.race([work.then(() => true as const), late]);
  cancel();
  return settled;
}
