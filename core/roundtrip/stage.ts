import type { Savepoint } from "../catalog/catalog.ts";
import type { Moment } from "../catalog/change-words.ts";
import { diffSince } from "../catalog/diff.ts";
import type { Script } from "../migration/model.ts";
import { CatalogReader } from "../postgres/catalog/catalog-reader.ts";
import { quieten } from "../postgres/catalog/quiet.ts";
import { takeReadAhead } from "../postgres/catalog/read-ahead.ts";
import {
  type Database,
  type Engine,
  EngineLostError,
  PostgresError,
  type Session,
} from "../postgres/session.ts";
import { SessionLine } from "../postgres/session-line.ts";
import type { Change } from "../report/model.ts";
import { literal } from "../sql/literal.ts";
import { isInTransaction, resetSession, rollBackPrepared } from "./reset-session.ts";
import { type RowFingerprint, RowWatch } from "./row-watch.ts";
import { isDiskFull, type Limits, type Run, runScript } from "./run-script.ts";
import { traitsOf } from "./script-traits.ts";

/** A database with its sessions: scripts run on one, the catalog is read on another where the engine allows two. */
export class Stage {
  readonly database: Database;
  readonly #twoSessions: boolean;
  readonly #watch: SessionLine;
  readonly #rows: RowWatch;
  #runner: Session;
  #reader: CatalogReader | undefined;
  /** The scripts that ran since the last reading. */
  #ran: string[] = [];
  /** How much of the present catalog the reader has seen. */
  #known: "all" | "some" | "nothing" = "nothing";

  private constructor(database: Database, runner: Session, watch: SessionLine, mayHaveRows: boolean) {
    this.database = database;
    this.#runner = runner;
    this.#watch = watch;
    this.#twoSessions = watch.current !== runner;
    this.#rows = new RowWatch(mayHaveRows);
  }

  static async open(engine: Engine, database: Database, mayHaveRows: boolean): Promise<Stage> {
    const ahead = takeReadAhead(database);
    if (ahead) {
      const stage = new Stage(database, ahead.line.current, ahead.line, mayHaveRows);
      stage.#reader = ahead.reader;
      stage.#known = "some";
      return stage;
    }
    const runner = await database.connect();
    const watch = engine.sessions > 1 ? await database.connect() : runner;
    return new Stage(database, runner, new SessionLine(watch), mayHaveRows);
  }

  /** The session that scripts run on. */
  get session(): Session {
    return this.#runner;
  }

  /** A session beside it that no script runs on, where the engine allows two. */
  get observer(): Session | undefined {
    return this.#twoSessions ? this.#watch : undefined;
  }

  /** Runs a script and takes its session back to a clean state. Rejects with `EngineLostError` when that is gone. */
  async run(script: Script, limits: Limits): Promise<Run> {
    this.#rows.expect(traitsOf(script));
    this.#moved();
    this.#ran.push(script.file.text.slice(script.start, script.end));
    const { transactions, session, dropsPlpgsql } = traitsOf(script);
    if (dropsPlpgsql) await this.#reader?.letGo();
    // Where the session is taken back to a clean state, it goes along with that.
    const next = transactions || session ? undefined : this.#reader?.question;
    const run = await runScript(this.#runner, script, limits, next);
    const alive = this.#runner.alive;
    const lives = alive || (await this.revive());
    // The server lives and has said why it hung up: that is an error like any other. A full disk may be its end.
    if (run.kind === "engine-lost" && run.error && (lives || isDiskFull(run)))
      return { ...run, kind: "failed", error: run.error };
    if (!lives || run.kind === "engine-lost") return run;
    const left = await this.#tidy(script, run.kind !== "done");
    return left && run.kind === "done" ? { ...run, kind: "failed", error: left, offset: script.start } : run;
  }

  /** Connects anew where a connection was lost. False when the server or the database is gone. */
  async revive(): Promise<boolean> {
    if (this.#runner.alive && this.#watch.alive) return true;
    try {
      if (!this.#runner.alive) this.#runner = await this.database.connect();
      if (!this.#twoSessions) this.#watch.current = this.#runner;
      else if (!this.#watch.alive) {
        this.#watch.current = await this.database.connect();
        if (this.#reader) await quieten(this.#watch);
      }
      // A connection that was ended may hand in its statistics late.
      this.#known = "nothing";
      return true;
    } catch (error) {
      if (error instanceof EngineLostError || error instanceof PostgresError) return false;
      throw error;
    }
  }

  /** Reads what changed since the last reading. Returns a point that a later state can be compared with. */
  async read(): Promise<Savepoint> {
    const reader = await this.#watching(() => this.#readChanges());
    this.#known = "all";
    return reader.catalog.savepoint();
  }

  /** Differences between a state that was read and the last one that was, in the order of names. */
  changesSince(state: Savepoint, moment: Moment): Change[] {
    // The order in which the server finds what changed is not the same in every run.
    return this.#reader ? diffSince(this.#reader.catalog, state, moment, "printed").sort(byName) : [];
  }

  /** Nothing was run on the session since the last reading. */
  get isRead(): boolean {
    return this.#known === "all";
  }

  /** To be called when SQL was run on the session by other means than `run`. */
  touched(): void {
    this.#rows.forget();
    this.#moved();
  }

  #moved(): void {
    if (this.#known === "all") this.#known = "some";
  }

  /** To be called when all that was run on the session since the last reading was rolled back and counted. */
  async undone(): Promise<void> {
    const reader = this.#reader;
    if (reader && this.#known === "all") await this.#watching(() => reader.passOver());
  }

  /** The rows that exist; undefined where there are none. */
  async rows(): Promise<RowFingerprint> {
    return this.#watching(() => this.#rows.fingerprint(this.#watch));
  }

  async close(): Promise<void> {
    await this.#runner.close();
    await this.#watch.close();
  }

  /** A migration may have ended this session from the other one, which shows only when it is used. */
  async #watching<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof EngineLostError) || !(await this.revive())) throw error;
      return read();
    }
  }

  async #readChanges(): Promise<CatalogReader> {
    if (this.#reader && this.#known === "all") return this.#reader;
    if (!this.#reader) {
      this.#reader = await CatalogReader.open({ session: this.#watch, shared: !this.#twoSessions });
    } else if (this.#known === "nothing") await this.#reader.readAgain();
    else await this.#reader.readChanges(this.#runner, this.#ran);
    this.#ran = [];
    // What the database does of its own accord may reach any table.
    if (this.#reader.hasEventTriggers) this.#rows.forget();
    else this.#rows.saw(this.#reader.written);
    return this.#reader;
  }

  /** Returns what the script left in its session or beside it that means its work is not there. */
  async #tidy(script: Script, failed: boolean): Promise<PostgresError | undefined> {
    const { transactions, session } = traitsOf(script);
    const open = transactions && !failed && (await isInTransaction(this.#runner));
    const prepared = session || transactions || failed ? await this.clean(script) : undefined;
    if (prepared !== undefined) return leftPrepared(prepared);
    return open ? leftOpen() : undefined;
  }

  /** The one session also reads: it must not lose its prepared statements without knowing of it. */
  async #startOver(): Promise<void> {
    await this.#runner.close();
    this.#runner = await this.database.connect();
    this.#watch.current = this.#runner;
  }

  /** Ends what the script left open in its session, and what it prepared. Returns the name of that, if any. */
  async clean(script: Script): Promise<string | undefined> {
    if (this.#twoSessions) await resetSession(this.#runner, this.#reader?.question);
    else await this.#startOver();
    if (!traitsOf(script).preparesTransactions) return undefined;
    const [prepared] = await rollBackPrepared(this.#runner);
    return prepared;
  }
}

function byName(a: Change, b: Change): number {
  const order = (left: string, right: string) => Number(left > right) - Number(left < right);
  return order(a.object, b.object) || order(a.kind, b.kind);
}

function leftOpen(): PostgresError {
  return new PostgresError({
    sqlstate: "25001",
    message: "the file leaves a transaction open, so what it did is never committed",
    hint: "End the transaction with COMMIT.",
  });
}

function leftPrepared(name: string): PostgresError {
  return new PostgresError({
    sqlstate: "55000",
    message: `the file leaves the prepared transaction "${name}" behind: its work is not committed and its locks stay`,
    hint: `End it with COMMIT PREPARED ${literal(name)}, in a file of its own.`,
  });
}
