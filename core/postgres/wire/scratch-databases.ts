import { randomBytes } from "node:crypto";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { type Database, EngineLostError, PostgresError, type Row, type Session } from "../session.ts";
import { clearDatabase } from "./clear-database.ts";
import type { ServerAddress } from "./server-address.ts";
import { type SessionHooks, type Signal, WireSession } from "./wire-session.ts";

const cannotConnectNow = "57P03";
const objectInUse = "55006";
const recoveryMs = 20_000;

export interface ServerHooks {
  /** Hears of every script before it runs in a scratch database, and holds it up until it is done. */
  readonly beforeExecute?: (sql: string, database: string) => Promise<void>;
  /** Prepares an administrative connection. */
  readonly onAdmin?: (session: Session, run: string) => Promise<void>;
  /** The server goes on when this process is killed, and has to notice that. */
  readonly outlivesUs?: boolean;
  /** Starts the server again after it died; false when it stays dead. */
  readonly revive?: () => Promise<boolean>;
}

/** The scratch databases of one server, and the administrative connection that makes and drops them. */
export class ScratchDatabases {
  /** `18.4` */
  readonly postgres: string;
  readonly major: number;
  /** Eight hexadecimal digits that the names of this run's databases begin with, behind `switchback_`. */
  readonly run: string;
  readonly #address: ServerAddress;
  readonly #hooks: ServerHooks & { readonly options: string };
  readonly #names = new Set<string>();
  #admin: WireSession;
  /** Administrative statements run one after another. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    address: ServerAddress,
    admin: WireSession,
    version: string,
    run: string,
    hooks: ServerHooks & { readonly options: string },
  ) {
    this.run = run;
    this.#address = address;
    this.#admin = admin;
    this.#hooks = hooks;
    this.postgres = version;
    this.major = Number.parseInt(version, 10);
  }

  static async open(address: ServerAddress, hooks: ServerHooks = {}): Promise<ScratchDatabases> {
    const run = randomBytes(4).toString("hex");
    const admin = await connectAfterRecovery(address, address.maintenance);
    await hooks.onAdmin?.(admin, run);
    const options = hooks.outlivesUs ? await noticingOptions(admin) : "";
    // "18.4 (Debian 18.4-1.pgdg120+1)": distributions add words of their own.
    const [row] = await admin.query("select split_part(current_setting('server_version'), ' ', 1)");
    return new ScratchDatabases(address, admin, row?.[0] ?? "", run, { ...hooks, options });
  }

  async create(template?: string): Promise<Database> {
    const name = `switchback_${this.run}_${randomBytes(3).toString("hex")}`;
    this.#names.add(name);
    const from = template ? ` TEMPLATE ${quoteIdentifier(template)}` : "";
    // Copying files beats writing every page to the log, which 15 does by default, and 14 knows nothing else.
    const strategy = this.major >= 15 ? " STRATEGY FILE_COPY" : "";
    await this.administer(`CREATE DATABASE ${quoteIdentifier(name)}${from}${strategy}`);
    return this.adopt(name);
  }

  /** A database that is there already and is ours. */
  adopt(name: string): Database {
    this.#names.add(name);
    return {
      name,
      connect: () => this.#connect(name),
      copy: () => this.create(name),
      drop: () => this.#drop(name),
    };
  }

  /** Whether a database is one of ours. */
  isScratch(name: string): boolean {
    return this.#names.has(name);
  }

  /** Drops every scratch database that is left. */
  async dropAll(): Promise<void> {
    for (const name of [...this.#names]) await this.#drop(name).catch(() => {});
  }

  /** Closes the administrative connection; the databases stay. */
  hangUp(): Promise<void> {
    return this.#admin.close();
  }

  /** Runs a statement in the maintenance database, as often as it takes to find the server alive. */
  administer(sql: string, values?: readonly (string | number | null)[]): Promise<readonly Row[]> {
    const run = this.#last.then(async () => {
      if (!this.#admin.alive) await this.#reconnect();
      try {
        return await this.#admin.query(sql, values);
      } catch (error) {
        // A migration may have killed this connection, which shows only when it is used.
        if (!(error instanceof EngineLostError)) throw error;
        await this.#reconnect();
        return this.#admin.query(sql, values);
      }
    });
    this.#last = run.catch(() => {});
    return run;
  }

  async #reconnect(): Promise<void> {
    this.#admin = await this.#reach(this.#address.maintenance);
    await this.#hooks.onAdmin?.(this.#admin, this.run);
  }

  #connect(name: string): Promise<Session> {
    const { beforeExecute, options } = this.#hooks;
    return this.#reach(name, {
      signal: this.#signal,
      options,
      ...(beforeExecute ? { beforeExecute: (sql) => beforeExecute(sql, name) } : {}),
    });
  }

  /** Connects to a server that may have died under the last migration. */
  async #reach(database: string, hooks?: SessionHooks): Promise<WireSession> {
    try {
      return await connectAfterRecovery(this.#address, database, hooks);
    } catch (error) {
      const silent = error instanceof EngineLostError && error.sqlstate === undefined;
      if (!silent || !(await this.#hooks.revive?.())) throw error;
      return connectAfterRecovery(this.#address, database, hooks);
    }
  }

  /** On a connection of its own: the administrative one may be waiting for the very statement that is to stop. */
  readonly #signal: Signal = async (kind, processId) => {
    const session = await WireSession.connect(this.#address, this.#address.maintenance);
    try {
      await session.query(`select pg_${kind}_backend($1)`, [processId]);
    } finally {
      await session.close();
    }
  };

  /** Drops a database that another run left. Rejects with `PostgresError` while somebody is connected to it. */
  async dropAbandoned(name: string): Promise<void> {
    const used = await this.administer("select pid from pg_stat_activity where datname = $1", [name]);
    if (used.length > 0) throw new PostgresError({ sqlstate: objectInUse, message: `${name} is in use` });
    await this.#drop(name, "");
  }

  async #drop(name: string, options = " WITH (FORCE)"): Promise<void> {
    const drop = `DROP DATABASE IF EXISTS ${quoteIdentifier(name)}${options}`;
    try {
      await this.administer(drop);
    } catch (error) {
      if (!(error instanceof PostgresError)) throw error;
      await this.administer(
        `ALTER DATABASE ${quoteIdentifier(name)} WITH ALLOW_CONNECTIONS true IS_TEMPLATE false CONNECTION LIMIT -1`,
      );
      const session = await this.#connect(name);
      await clearDatabase(session).finally(() => session.close());
      await this.administer(drop);
    }
    this.#names.delete(name);
  }
}

/** Without it a statement runs on when its client is gone. Not every version and system has it. */
async function noticingOptions(admin: Session): Promise<string> {
  try {
    await admin.query("select set_config('client_connection_check_interval', '1s', false)");
    return " -c client_connection_check_interval=1s";
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
    return "";
  }
}

/** Connects; while the server recovers from a crash that a migration caused, it waits. */
async function connectAfterRecovery(...target: Parameters<typeof WireSession.connect>): Promise<WireSession> {
  const deadline = Date.now() + recoveryMs;
  for (;;) {
    try {
      return await WireSession.connect(...target);
    } catch (error) {
      const recovering = error instanceof EngineLostError && error.sqlstate === cannotConnectNow;
      if (!recovering || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
