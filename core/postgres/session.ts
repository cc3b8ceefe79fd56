/** One connection to an ephemeral PostgreSQL. All SQL of Switchback goes through it. */
export interface Session {
  /**
   * Runs a text as ONE simple-protocol query, exactly as given. Rejects with `PostgresError`. `next` is what `query` will
   * be asked right after: an engine may send it along, so that nobody waits for a second trip.
   */
  execute(sql: string, next?: string): Promise<void>;
  /** Runs one parameterised statement, prepared once per text. Rows are arrays, values are text or null. */
  query(sql: string, values?: readonly (string | number | null)[]): Promise<readonly Row[]>;
  /** True until the connection was closed or lost. */
  readonly alive: boolean;
  /** Whether the last call that succeeded left a transaction open; undefined where the engine does not tell. */
  readonly inTransaction?: boolean | undefined;
  /**
   * Stops what is running, from outside: first a cancel, then, when that is not obeyed, the end of the connection.
   * The interrupted call rejects with `PostgresError` 57014 or with `EngineLostError`. Never rejects itself.
   */
  interrupt(): Promise<void>;
  close(): Promise<void>;
}

export type Row = readonly (string | null)[];

/** What PostgreSQL said. `position` is its 1-based code-point index into the query text. */
export class PostgresError extends Error {
  readonly sqlstate: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly position: number | undefined;

  constructor(fields: {
    message: string;
    sqlstate: string;
    detail?: string | undefined;
    hint?: string | undefined;
    position?: number | undefined;
  }) {
    super(fields.message);
    this.name = "PostgresError";
    this.sqlstate = fields.sqlstate;
    this.detail = fields.detail;
    this.hint = fields.hint;
    this.position = fields.position;
  }
}

/** The connection or the server is gone; nothing more can be run on it. */
export class EngineLostError extends Error {
  override readonly name = "EngineLostError";
  /** What the server said before it hung up: 57P01, 3D000. */
  readonly sqlstate: string | undefined;

  constructor(message: string, sqlstate?: string) {
    super(message);
    this.sqlstate = sqlstate;
  }
}

/** No engine could be started. The message is for people and says what to do. */
export class EngineUnavailableError extends Error {
  override readonly name = "EngineUnavailableError";
}

/** A scratch database on an engine. */
export interface Database {
  readonly name: string;
  connect(): Promise<Session>;
  /** A copy of this database (no session may be open on it). */
  copy(): Promise<Database>;
  drop(): Promise<void>;
}

/** A state that was reached before, and what was noted beside it. */
export interface KeptState {
  readonly database: Database;
  readonly note: string;
}

/** States that later runs start from, by a key that names all they follow from. */
export interface Baselines {
  /** Milliseconds that `load` takes, about: what takes less to get to is not worth keeping. */
  readonly loadMs: number;
  /** A database in the state that is kept under the key. To be asked for while the engine has no other database. */
  load(key: string): Promise<KeptState | undefined>;
  /** Keeps the state of the only database of the engine, with what stands beside it. What cannot be kept is not. */
  save(key: string, state: KeptState): Promise<void>;
}

/** A running, ephemeral PostgreSQL. `stop` removes every trace of it and never rejects. */
export interface Engine {
  readonly name: "embedded" | "pglite" | "docker" | "server";
  /** `18.4` */
  readonly postgres: string;
  /** 18 */
  readonly major: number;
  readonly note?: string;
  /** How many sessions one database may have at a time: 1 for PGlite. */
  readonly sessions: number;
  createDatabase(): Promise<Database>;
  /**
   * How many processors it may use, where another engine of the same kind is a server of its own that starts in a
   * moment; absent where it is not.
   */
  readonly processors?: number;
  /** Absent where nothing may outlive the engine. */
  readonly baselines?: Baselines;
  /** What this engine lacks and others have, where that is why PostgreSQL refuses: then the migration is not at fault. */
  lacks?(error: PostgresError): string | undefined;
  /** Where PostgreSQL's own clients (psql, pg_dump) reach it, without a password. */
  address?(): { readonly host: string; readonly port: number; readonly user: string };
  /** What migrations created beside their database on a server that outlives us (`role app`); `stop` removes it. */
  clusterObjects?(): Promise<readonly string[]>;
  stop(): Promise<void>;
}
